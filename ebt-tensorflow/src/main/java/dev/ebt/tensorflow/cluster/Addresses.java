package dev.ebt.tensorflow.cluster;

import dev.ebt.backend.Cluster;
import dev.ebt.error.UserException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The addresses of a cluster, which are waited for so that those that do not answer are named. */
final class Addresses {
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);
  private static final int CONNECT_MILLIS = 2_000;

  private final Cluster cluster;
  private final Duration limit;

  /**
   * Creates addresses that are not waited for.
   *
   * @param limit how long to wait
   */
  Addresses(Cluster cluster, Duration limit) {
    this.cluster = cluster;
    this.limit = limit;
  }

  /**
   * Waits until something listens at every address.
   *
   * @throws UserException naming those where nothing does
   */
  void await() {
    long end = System.nanoTime() + limit.toNanos();
    List<Integer> missing = new ArrayList<>(IntStream.range(0, cluster.size()).boxed().toList());
    missing.removeIf(this::answers);
    while (!missing.isEmpty() && System.nanoTime() < end) {
      try {
        Thread.sleep(BETWEEN_TRIES.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
      missing.removeIf(this::answers);
    }
    if (!missing.isEmpty()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s did not answer within %d s: is the address right, the process started, and the"
                  + " port open?",
              missing.stream().map(cluster::name).collect(Collectors.joining(", ")),
              limit.toSeconds()));
    }
  }

  private boolean answers(int process) {
    try (Socket socket = new Socket()) {
      connect(socket, cluster, process);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Connects a socket to the server of a process. */
  static void connect(Socket socket, Cluster cluster, int process) throws IOException {
    socket.connect(
        new InetSocketAddress(cluster.host(process), cluster.port(process)), CONNECT_MILLIS);
  }
}
