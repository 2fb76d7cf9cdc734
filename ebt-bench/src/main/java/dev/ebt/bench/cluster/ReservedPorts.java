package dev.ebt.bench.cluster;

import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import dev.ebt.tensorflow.cluster.TensorFlowProcesses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Ports of this machine for processes that this one starts, kept from other programs until closed.
 * Each has a socket that does not listen and shares its port, by {@code SO_REUSEPORT}, with the
 * server of a process of the same user that shares it too. Where the system has no such sockets the
 * ports are only free at the start.
 */
public final class ReservedPorts implements AutoCloseable {
  private final List<Socket> sockets = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();

  /**
   * Reserves different ports.
   *
   * @throws UserException if there are not as many free ones
   */
  public ReservedPorts(int count) {
    try {
      for (int i = 0; i < count; i++) {
        add();
      }
    } catch (IOException e) {
      close();
      throw new UserException("this machine has no free port: " + ReasonText.of(e), e);
    }
  }

  private void add() throws IOException {
    Socket socket = new Socket();
    if (!socket.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
      socket.close();
      ports.addAll(FreePorts.several(1));
      return;
    }
    sockets.add(socket);
    socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    socket.bind(new InetSocketAddress(0));
    ports.add(socket.getLocalPort());
  }

  /** Returns the addresses at which the processes listen. */
  public List<String> addresses() {
    return ports.stream().map(port -> "127.0.0.1:" + port).toList();
  }

  /** Adds to the environment of a process what it needs to listen at one of the ports. */
  void share(Map<String, String> environment) {
    if (!sockets.isEmpty()) {
      environment.put(TensorFlowProcesses.SHARES_PORT, "true");
    }
  }

  @Override
  public void close() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        // The port is free once this process ends.
      }
    }
  }
}
