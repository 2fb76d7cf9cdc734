package dev.ebt.tensorflow.cluster;

import dev.ebt.backend.Cluster;
import dev.ebt.backend.LostProcessException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Silent connections to the servers of the other processes, which show within a second or two that
 * one has ended: however a process ends, the system closes its connections and refuses new ones to
 * its port.
 *
 * <p>TensorFlow itself notices the end of a process only where a call to it is under way. In its
 * ring, a process that has received all parts waits without a call until its neighbor has fetched
 * the parts that it offers, which a neighbor that has ended never does.
 */
final class PeerConnections implements AutoCloseable {
  private static final int BETWEEN_TRIES_MILLIS = 100;

  /**
   * The refused connections in a row that show an end. A process that is there may refuse some, as
   * while a firewall loads its rules; and a sum whose parts have all arrived completes meanwhile.
   */
  static final int REFUSALS = 10;

  private final Cluster cluster;
  private final Connector connector;
  private final CompletableFuture<Void> failure = new CompletableFuture<>();
  private final Set<Socket> sockets = new HashSet<>();
  private boolean closed;

  /** Connects a socket to the server of a process. */
  @FunctionalInterface
  interface Connector {
    /**
     * Connects.
     *
     * @throws ConnectException if the connection is refused
     */
    void connect(Socket socket, Cluster cluster, int process) throws IOException;
  }

  private PeerConnections(Cluster cluster, Connector connector) {
    this.cluster = cluster;
    this.connector = connector;
  }

  /** Connects to all other processes of a cluster, all of which listen. */
  static PeerConnections open(Cluster cluster) {
    return open(cluster, Addresses::connect);
  }

  /** Connects to all other processes of a cluster in a given way. */
  static PeerConnections open(Cluster cluster, Connector connector) {
    PeerConnections opened = new PeerConnections(cluster, connector);
    for (int process = 0; process < cluster.size(); process++) {
      if (process != cluster.rank()) {
        opened.start(process);
      }
    }
    return opened;
  }

  private void start(int process) {
    Thread watching = new Thread(() -> watch(process), "ebt-peer-" + process);
    watching.setDaemon(true);
    watching.start();
  }

  /** Keeps a connection to a process until that refuses several, or this object is closed. */
  private void watch(int process) {
    int refused = 0;
    try {
      while (refused < REFUSALS && !isClosed()) {
        refused = holdConnection(process) ? 0 : refused + 1;
        TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES_MILLIS);
      }
    } catch (InterruptedException e) {
      return; // Nobody interrupts this thread.
    }
    if (refused == REFUSALS) {
      failure.completeExceptionally(new LostProcessException(LossMessages.ended(cluster, process)));
    }
  }

  /**
   * Connects to a process and waits for the end of the connection.
   *
   * @return whether the process may still be there; false if the connection is refused
   */
  private boolean holdConnection(int process) {
    try (Socket socket = new Socket()) {
      add(socket);
      connector.connect(socket, cluster, process);
      // A server ends a connection without requests after some time, which means nothing.
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (ConnectException e) {
      return false;
    } catch (IOException e) {
      return true; // Reset or unreachable: the next connection shows what it is.
    }
  }

  private synchronized void add(Socket socket) throws IOException {
    if (closed) {
      throw new SocketException("closed");
    }
    sockets.removeIf(Socket::isClosed);
    sockets.add(socket);
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /**
   * Returns a future that completes with a {@link LostProcessException} once another process has
   * ended. One that is stopped, or whose machine or link is down, leaves its connections open.
   */
  CompletableFuture<Void> failure() {
    return failure;
  }

  @Override
  public synchronized void close() {
    closed = true;
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        // Its thread is a daemon.
      }
    }
  }
}
