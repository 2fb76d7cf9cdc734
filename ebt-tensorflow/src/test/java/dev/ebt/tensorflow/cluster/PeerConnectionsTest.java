package dev.ebt.tensorflow.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.backend.Cluster;
import dev.ebt.backend.LostProcessException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeerConnectionsTest {
  private static PeerConnections open(ServerSocket server) {
    return PeerConnections.open(cluster(server));
  }

  private static Cluster cluster(ServerSocket server) {
    String address = "127.0.0.1:" + server.getLocalPort();
    return new Cluster(List.of("127.0.0.1:1", address), 0, Duration.ofDays(1));
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

  /** As while a firewall loads its rules. */
  @Test
  void aProcessThatRefusesSomeConnectionsBetweenOthersIsThere() throws IOException {
    AtomicInteger tries = new AtomicInteger();
    try (ServerSocket server = server();
        PeerConnections connections =
            PeerConnections.open(
                cluster(server),
                (socket, cluster, process) -> {
                  if (tries.getAndIncrement() % PeerConnections.REFUSALS > 0) {
                    throw new ConnectException("refused");
                  }
                  Addresses.connect(socket, cluster, process);
                })) {
      for (int i = 0; i < 3; i++) {
        CompletableFuture<Void> accepted =
            CompletableFuture.runAsync(
                () -> assertThatCode(() -> server.accept().close()).doesNotThrowAnyException());
        CompletableFuture.anyOf(accepted, connections.failure()).join();
      }
      assertThat(tries.get()).isGreaterThan(2 * PeerConnections.REFUSALS);
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
