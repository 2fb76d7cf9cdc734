package dev.ebt.tensorflow.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An address of this machine whose connections are forwarded to another port of it. */
final class Forwarder implements AutoCloseable {
  private final ServerSocket server;
  private final int port;
  private final List<Connection> connections = new CopyOnWriteArrayList<>();
  private volatile boolean stopped;

  /** Forwards to a port, each connection once something listens at it. */
  Forwarder(int port) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.port = port;
    start(this::accept);
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /**
   * Acts like a process that ends in a moment in which TensorFlow has no call to it under way:
   * refuses connections and closes silent ones. What comes by others is never answered.
   */
  void end() throws IOException {
    stopped = true;
    server.close();
    for (Connection connection : connections) {
      if (!connection.asked) {
        connection.close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    stopped = true;
    server.close();
    for (Connection connection : connections) {
      connection.close();
    }
  }

  private void accept() throws IOException {
    while (!stopped) {
      Connection connection = new Connection(server.accept(), target());
      connections.add(connection);
      start(() -> connection.copy(connection.from, connection.to, true));
      start(() -> connection.copy(connection.to, connection.from, false));
    }
  }

  private Socket target() throws IOException {
    while (true) {
      try {
        return new Socket(InetAddress.getLoopbackAddress(), port);
      } catch (ConnectException e) {
        if (stopped) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                return; // Closed.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private final class Connection {
    private final Socket from;
    private final Socket to;
    private volatile boolean asked;

    Connection(Socket from, Socket to) {
      this.from = from;
      this.to = to;
    }

    void copy(Socket source, Socket target, boolean asking) throws IOException {
      byte[] buffer = new byte[1 << 16];
      InputStream in = source.getInputStream();
      int read = in.read(buffer);
      while (read >= 0) {
        asked |= asking;
        if (!stopped) {
          target.getOutputStream().write(buffer, 0, read);
        }
        read = in.read(buffer);
      }
    }

    void close() throws IOException {
      from.close();
      to.close();
    }
  }
}
