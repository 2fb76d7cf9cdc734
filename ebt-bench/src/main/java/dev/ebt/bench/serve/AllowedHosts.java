package dev.ebt.bench.serve;

import dev.ebt.error.UserException;
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
   * @throws UserException if one has a port
   */
  public static Optional<Set<String>> of(String host, Collection<String> further) {
    if (further.isEmpty() && !isLoopback(host)) {
      return Optional.empty();
    }
    Set<String> names = new LinkedHashSet<>(LOOPBACK);
    names.add(inHeader(host));
    for (String other : further) {
      checkNoPort(other);
      names.add(inHeader(other));
    }
    return Optional.of(names);
  }

  /** Returns a name as a header has it: in lower case, and an IPv6 address in brackets. */
  private static String inHeader(String name) {
    String bracketed = name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name;
    return bracketed.toLowerCase(Locale.ROOT);
  }

  /** Refuses a port; an IPv6 address has several colons, and its port stands after a bracket. */
  private static void checkNoPort(String name) {
    int port = name.lastIndexOf(':');
    boolean bracketed = name.startsWith("[");
    if (bracketed ? !name.endsWith("]") : port >= 0 && port == name.indexOf(':')) {
      throw new UserException(
          "--allow-host is '" + name + "'; a host name or address without a port expected");
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // The server cannot be started.
    }
  }
}
