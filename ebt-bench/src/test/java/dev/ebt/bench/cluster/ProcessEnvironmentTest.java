package dev.ebt.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.backend.Cluster;
import dev.ebt.error.UserException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ProcessEnvironmentTest {
  /** Of connecting to a process that begins to listen at some time; then the test fails. */
  private static final int MOST_TRIES = 10_000;

  private static Optional<Cluster> cluster(Map<String, String> environment) {
    return new ProcessEnvironment(environment, Duration.ofSeconds(6)).cluster();
  }

  private static Map<String, String> ranked(int rank, int size, int port) {
    return Map.of(
        "RANK", Integer.toString(rank),
        "WORLD_SIZE", Integer.toString(size),
        "MASTER_ADDR", "127.0.0.1",
        "MASTER_PORT", Integer.toString(port));
  }

  @Test
  void oneProcessIsNoCluster() {
    assertThat(cluster(Map.of())).isEmpty();
    assertThat(cluster(Map.of("WORLD_SIZE", "1", "RANK", "0"))).isEmpty();
    assertThat(cluster(Map.of("TF_CONFIG", "{\"cluster\": {\"worker\": [\"a:1\"]}}"))).isEmpty();
  }

  @Test
  void theChiefOfTfConfigIsTheFirst() {
    String cluster = "{\"cluster\": {\"worker\": [\"b:2\", \"c:3\"], \"chief\": [\"a:1\"]}, ";
    assertThat(
            cluster(
                Map.of("TF_CONFIG", cluster + "\"task\": {\"type\": \"worker\", \"index\": 1}}")))
        .hasValue(new Cluster(List.of("a:1", "b:2", "c:3"), 2, Duration.ofSeconds(6)));
    assertThat(
            cluster(
                Map.of("TF_CONFIG", cluster + "\"task\": {\"type\": \"chief\", \"index\": 0}}")))
        .map(Cluster::rank)
        .hasValue(0);
  }

  @Test
  void whatIsWrongIsNamed() {
    refused("TF_CONFIG is no JSON", Map.of("TF_CONFIG", "{"));
    refused(
        "TF_CONFIG has the task {\"type\":\"ps\"}",
        Map.of(
            "TF_CONFIG",
            "{\"cluster\": {\"worker\": [\"a:1\", \"b:2\"]}, \"task\": {\"type\": \"ps\"}}"));
    refused("WORLD_SIZE is 'two'; a number from 1", Map.of("WORLD_SIZE", "two"));
    refused("RANK is not set; a number from 0 to 1", Map.of("WORLD_SIZE", "2"));
    refused("RANK is '2'; a number from 0 to 1", Map.of("WORLD_SIZE", "2", "RANK", "2"));
    refused("MASTER_ADDR is not set", Map.of("WORLD_SIZE", "2", "RANK", "1"));
  }

  private static void refused(String message, Map<String, String> environment) {
    assertThatThrownBy(() -> cluster(environment))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @Test
  void processesMeetAtTheFirst() throws InterruptedException {
    List<Object> met = meet(ranked(0, 3, 0), ranked(1, 3, 0), ranked(2, 3, 0));

    List<String> addresses = ((Cluster) met.get(0)).addresses();
    assertThat(addresses).hasSize(3).allMatch(address -> address.startsWith("127.0.0.1:"));
    for (int rank = 0; rank < 3; rank++) {
      assertThat(met.get(rank)).isEqualTo(new Cluster(addresses, rank, Duration.ofSeconds(6)));
    }
  }

  @Test
  void twoProcessesOfOneNumberAreNamed() throws InterruptedException {
    for (Object failure : meet(ranked(0, 3, 0), ranked(1, 3, 0), ranked(1, 3, 0))) {
      assertThat(failure)
          .isInstanceOf(UserException.class)
          .extracting(Object::toString)
          .asString()
          .contains("two processes have RANK 1: 127.0.0.1:")
          .contains("give each a number of its own");
    }
  }

  @Test
  void aProcessWhoseConnectionBrokeMayComeAgain()
      throws IOException, InterruptedException, ExecutionException {
    int port = FreePorts.one();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Cluster> first = threads.submit(() -> cluster(ranked(0, 3, port)).orElseThrow());
      greeting(port, "ebt 1 7001").close();
      try (Socket again = greeting(port, "ebt 1 7001")) {
        Future<Cluster> last = threads.submit(() -> cluster(ranked(2, 3, port)).orElseThrow());
        List<String> addresses = first.get().addresses();
        assertThat(addresses.get(1)).isEqualTo("127.0.0.1:7001");
        assertThat(last.get().addresses()).isEqualTo(addresses);
        assertThat(new String(again.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
            .isEqualToIgnoringNewLines(String.join(",", addresses));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Returns a connection to the first process, by which another one introduces itself. */
  private static Socket greeting(int port, String line) throws IOException, InterruptedException {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      try {
        Socket socket = new Socket("127.0.0.1", port);
        socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        return socket;
      } catch (ConnectException e) {
        Thread.sleep(10); // The first process does not listen yet.
      }
    }
    throw new AssertionError("the first process does not listen at port " + port);
  }

  /** Returns the cluster of each process, or why it has none; all meet at one free port. */
  @SafeVarargs
  private static List<Object> meet(Map<String, String>... environments)
      throws InterruptedException {
    String port = Integer.toString(FreePorts.one());
    ExecutorService threads = Executors.newFixedThreadPool(environments.length);
    List<Future<Cluster>> running = new ArrayList<>();
    for (Map<String, String> environment : environments) {
      Map<String, String> own = new HashMap<>(environment);
      own.put("MASTER_PORT", port);
      running.add(threads.submit(() -> cluster(own).orElseThrow()));
    }
    List<Object> results = new ArrayList<>();
    for (Future<Cluster> each : running) {
      try {
        results.add(each.get());
      } catch (ExecutionException e) {
        results.add(e.getCause());
      }
    }
    threads.shutdown();
    return results;
  }
}
