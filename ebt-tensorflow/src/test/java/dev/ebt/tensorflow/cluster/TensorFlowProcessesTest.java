package dev.ebt.tensorflow.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Cluster;
import dev.ebt.backend.LostProcessException;
import dev.ebt.backend.ProcessGroup;
import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import dev.ebt.tensorflow.DeviceChoice;
import dev.ebt.tensorflow.TensorFlowBackend;
import dev.ebt.tensorflow.TensorFlowSettings;
import dev.ebt.testing.ProcessGroupContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TensorFlowProcessesTest extends ProcessGroupContract {
  @Override
  protected Backend open() {
    return TensorFlowBackend.open(
        TensorFlowSettings.defaults().on(DeviceChoice.CPU).withThreads(1, 1));
  }

  @Test
  void aPortInUseIsRefused() throws IOException {
    try (ServerSocket other = new ServerSocket(0);
        Backend backend = open()) {
      String address = "127.0.0.1:" + other.getLocalPort();
      Cluster cluster =
          new Cluster(List.of(address, addresses(1).get(0)), 0, Cluster.LEAST_TIMEOUT);
      assertThatThrownBy(() -> backend.join(cluster))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("port " + other.getLocalPort() + " of process 0 (" + address)
          .hasMessageContaining("another process with the same number");
    }
  }

  /** The heartbeat would notice it after a day. */
  @Test
  void theEndOfAProcessIsNoticedWithoutACallToIt() throws IOException {
    List<String> own = addresses(2);
    try (Forwarder other = new Forwarder(new Cluster(own, 1, Cluster.LEAST_TIMEOUT).port(1));
        Backend backend = open()) {
      CompletableFuture<Void> second =
          CompletableFuture.runAsync(
              () -> sumUntilLost(new Cluster(own, 1, Cluster.LEAST_TIMEOUT)),
              work -> new Thread(work).start());
      List<String> seen = List.of(own.get(0), other.address());
      try (ProcessGroup processes = backend.join(new Cluster(seen, 0, Duration.ofDays(1)))) {
        processes.sum(Array.scalar(1L));
        other.end();
        assertThatThrownBy(() -> processes.sum(Array.scalar(1L)))
            .isInstanceOf(LostProcessException.class)
            .hasMessage("process 1 (%s) has ended, or its connection is broken", other.address());
      }
      second.join();
    }
  }

  /** The sum that all processes begin with would otherwise wait for ten days. */
  @Test
  void aFailedStartEndsItsSum() throws IOException, InterruptedException {
    try (ServerSocket other = new ServerSocket(0);
        Backend backend = open()) {
      List<String> both = List.of(addresses(1).get(0), "127.0.0.1:" + other.getLocalPort());
      CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> endOnceConnected(other));
      assertThatThrownBy(() -> backend.join(new Cluster(both, 0, Duration.ofDays(1))))
          .isInstanceOf(LostProcessException.class)
          .hasMessageContaining("process 1 (" + both.get(1) + ") has ended");
      ended.join();
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("ebt-collectives")) {
        thread.join(TimeUnit.MINUTES.toMillis(1));
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }

  /** Accepts the connection by which a process is found, and the one by which it is watched. */
  private static void endOnceConnected(ServerSocket server) {
    try {
      server.accept().close();
      Socket watching = server.accept();
      server.close();
      watching.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void sumUntilLost(Cluster cluster) {
    try (Backend backend = open();
        ProcessGroup processes = backend.join(cluster)) {
      processes.sum(Array.scalar(1L));
      assertThatThrownBy(() -> processes.sum(Array.scalar(1L)))
          .isInstanceOf(LostProcessException.class);
    }
  }

  @Test
  void anAddressThatDoesNotAnswerIsNamed() throws IOException {
    try (ServerSocket first = new ServerSocket(0)) {
      String other = addresses(1).get(0);
      List<String> both = List.of("127.0.0.1:" + first.getLocalPort(), other);
      Cluster cluster = new Cluster(both, 0, Cluster.LEAST_TIMEOUT);
      assertThatThrownBy(() -> new Addresses(cluster, Duration.ofSeconds(1)).await())
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("process 1 (" + other + ") did not answer within 1 s");
    }
  }
}
