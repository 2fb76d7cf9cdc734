package dev.ebt.bench.cluster;

import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports of this machine that no program uses at present. */
final class FreePorts {
  private FreePorts() {}

  static int one() {
    return several(1).get(0);
  }

  /** Returns different ports. */
  static List<Integer> several(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0));
      }
      List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
      for (ServerSocket socket : sockets) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new UserException("this machine has no free port: " + ReasonText.of(e), e);
    }
  }
}
