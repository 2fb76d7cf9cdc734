package dev.ebt.backend;

import dev.ebt.error.UserException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The processes that share a training, and which of them this one is.
 *
 * @param addresses {@code host:port} of each process, by its number
 * @param rank the number of this process, from 0
 * @param timeout how long a process may not answer until it counts as lost
 */
public record Cluster(List<String> addresses, int rank, Duration timeout) {
  /** The timeout unless another is set. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  /** The shortest timeout: processes show once a second that they answer. */
  public static final Duration LEAST_TIMEOUT = Duration.ofSeconds(3);

  private static final int MOST_PORT = 65_535;

  /** How much longer than in training processes wait for each other at the start. */
  private static final int START_FACTOR = 10;

  /**
   * Copies the list.
   *
   * @throws UserException naming an address that is none, or that two processes have, or a number
   *     that no process has, or a timeout below 3 s
   */
  public Cluster {
    addresses = List.copyOf(addresses);
    Set<String> known = new HashSet<>();
    for (String address : addresses) {
      check(address);
      if (!known.add(address)) {
        throw new UserException(
            "the cluster has " + address + " twice; each process needs an address of its own");
      }
    }
    if (rank < 0 || rank >= addresses.size()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "process %d is not in the cluster %s: 0 to %d expected",
              rank,
              String.join(",", addresses),
              addresses.size() - 1));
    }
    if (timeout.compareTo(LEAST_TIMEOUT) < 0) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "the time in which processes have to answer is %s s; at least %d s expected",
              timeout.toMillis() / 1e3,
              LEAST_TIMEOUT.toSeconds()));
    }
  }

  private static void check(String address) {
    int port = port(address);
    String host = host(address);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (host.isBlank() || port < 1 || port > MOST_PORT || host.contains(":") && !bracketed) {
      throw new UserException(
          "'" + address + "' is no address of a process; host:port expected, such as host1:7000");
    }
  }

  private static String host(String address) {
    return address.substring(0, Math.max(0, address.lastIndexOf(':')));
  }

  private static int port(String address) {
    try {
      return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Returns the number of processes. */
  public int size() {
    return addresses.size();
  }

  /** Returns the host of a process. */
  public String host(int process) {
    return host(addresses.get(process));
  }

  /** Returns the port of a process. */
  public int port(int process) {
    return port(addresses.get(process));
  }

  /** Returns the number and the address of a process, for messages. */
  public String name(int process) {
    return "process " + process + " (" + addresses.get(process) + ")";
  }

  /** Returns how long processes wait for each other at the start. */
  public Duration startTimeout() {
    return timeout.multipliedBy(START_FACTOR);
  }
}
