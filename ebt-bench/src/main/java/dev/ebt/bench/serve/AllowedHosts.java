package dev.ebt.bench.serve;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The host names in requests that a server answers. */
public final class AllowedHosts {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private AllowedHosts() {}

  /**
   * Returns the names; empty if all are answered.
   *
   * @param host the interface that the server listens on; a loopback interface is only for the
   *     names of this machine and {@code further} ones
   * @param further names that are answered too; with some, an interface that others reach is for
   *     these only and the name of the interface
   */
  public static Optional<Set<String>> of(String host, Collection<String> further) {
    if (further.isEmpty() && !isLoopback(host)) {
      return Optional.empty();
    }
    Set<String> names = new LinkedHashSet<>(LOOPBACK);
    String name = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    names.add(name.toLowerCase(Locale.ROOT));
    further.forEach(other -> names.add(other.toLowerCase(Locale.ROOT)));
    return Optional.of(names);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // The server cannot be started.
    }
  }
}
