package dev.ebt.tensorflow.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.backend.Cluster;
import dev.ebt.backend.LostProcessException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerConnectionsTest {
  private static PeerConnections open(ServerSocket server) {
    String address = "127.0.0.1:" + server.getLocalPort();
    return PeerConnections.open(
        new Cluster(List.of("127.0.0.1:1", address), 0, Duration.ofDays(1)));
  }

  private static ServerSocket server() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @Test
  void aProcessThatClosesAConnectionAndAcceptsAnotherIsThere() throws IOException {
    try (ServerSocket server = server();
        PeerConnections connections = open(server)) {
      server.accept().close();
      try (Socket next = server.accept()) {
        assertThat(next.isConnected()).isTrue();
        assertThat(connections.failure()).isNotDone();
      }
    }
  }

  @Test
  void aProcessThatRefusesConnectionsHasEnded() throws IOException {
    try (ServerSocket server = server();
        PeerConnections connections = open(server)) {
      Socket held = server.accept();
      server.close();
      held.close();
      assertThatThrownBy(() -> connections.failure().join())
          .hasCauseInstanceOf(LostProcessException.class)
          .hasMessageContaining("process 1 (127.0.0.1:" + server.getLocalPort() + ") has ended");
    }
  }

  @Test
  void noConnectionIsLeftOnceClosed() throws IOException {
    try (ServerSocket server = server()) {
      PeerConnections connections = open(server);
      try (Socket held = server.accept()) {
        connections.close();
        assertThat(held.getInputStream().read()).isNegative();
      }
    }
  }
}
