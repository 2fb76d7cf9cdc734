package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.inference.InferenceLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server with slow clients, too many of them, and too little time. */
@Timeout(60)
class LoadedServerTest {
  private static final String COMPLETIONS = "/v1/completions";
  private static final String SHORT = "{\"prompt\": \"line\", \"max_tokens\": 2}";
  private static final String ENDLESS =
      "{\"prompt\": \"line\", \"ignore_eos\": true, \"max_tokens\": 1000000";
  private static final String ENDLESS_STREAM = ENDLESS + ", \"stream\": true}";
  private static final InferenceLimits ONE_AT_A_TIME = InferenceLimits.defaults().maxBatchSize(1);
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    run = Tiny.in(folder).trained("run");
  }

  /** Sends a request whose answer begins, and returns what reads it. */
  private static BufferedReader streamed(Socket socket) throws IOException {
    TinyServer.begin(socket, ENDLESS_STREAM.length(), ENDLESS_STREAM);
    BufferedReader answer =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    String status = answer.readLine();
    assertThat(status)
        .as(() -> status + answer.lines().limit(12).toList())
        .isEqualTo("HTTP/1.1 200 OK");
    return answer;
  }

  /** There is room for one answer, so another one is given only if the first was cancelled. */
  @Test
  void answerOfAClientThatHangsUpIsCancelled() throws Exception {
    try (TinyServer server = TinyServer.with(run, TinyServer.limits(), ONE_AT_A_TIME)) {
      try (Socket socket = server.socket()) {
        streamed(socket);
      }
      server.answer(COMPLETIONS, SHORT);
    }
  }

  private static void awaitRunning(TinyServer server, int requests) throws Exception {
    BoundedWait.until(
        () -> server.get("/metrics").body().contains("ebt_requests_running " + requests));
  }

  @Test
  void answerThatIsNotStreamedIsCancelledToo() throws Exception {
    try (TinyServer server = TinyServer.with(run, TinyServer.limits(), ONE_AT_A_TIME)) {
      try (Socket socket = server.socket()) {
        TinyServer.begin(socket, ENDLESS.length() + 1, ENDLESS + "}");
        awaitRunning(server, 1);
      }
      server.answer(COMPLETIONS, SHORT);
      BoundedWait.until(
          () -> server.log().stream().anyMatch(line -> line.contains("/v1/completions 499")));
    }
  }

  /** The end of the refusal cannot be written; the request ends long before it is idle. */
  @Test
  void requestOfAClientThatResetsItsConnectionEnds() throws Exception {
    try (TinyServer server =
        TinyServer.with(run, TinyServer.limits(LONG, LONG, 64), ONE_AT_A_TIME)) {
      try (Socket socket = server.socket()) {
        socket.setSoLinger(true, 0);
        TinyServer.begin(socket, ENDLESS.length() + 1, ENDLESS + "}");
        awaitRunning(server, 1);
      }
      BoundedWait.until(
          () -> server.log().stream().anyMatch(line -> line.contains("/v1/completions 499")));
    }
  }

  /** The model is busy for longer than it takes to look after the client. */
  @Test
  void nextRequestOfAClientIsNotTakenForItsEnd() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (TinyServer server = TinyServer.of(run);
        Socket socket = server.socket()) {
      CompletableFuture<Boolean> busy = server.model().computeAsync(model -> awaited(end));
      try {
        TinyServer.begin(socket, SHORT.length(), SHORT);
        awaitRunning(server, 1);
        TinyServer.begin(socket, SHORT.length(), SHORT);
        assertThat(end.await(1, TimeUnit.SECONDS)).isFalse();
      } finally {
        end.countDown();
      }
      assertThat(busy.join()).isTrue();
      for (int i = 0; i < 2; i++) {
        assertThat(line(socket)).isEqualTo("HTTP/1.1 200 OK");
        int length = 0;
        for (String line = line(socket); !line.isEmpty(); line = line(socket)) {
          if (line.toLowerCase(Locale.ROOT).startsWith("content-length: ")) {
            length = Integer.parseInt(line.substring(line.indexOf(' ') + 1));
          }
        }
        assertThat(socket.getInputStream().readNBytes(length)).hasSize(length);
      }
    }
  }

  /** Reads a line of a head, and no further. */
  private static String line(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = socket.getInputStream().read();
        next >= 0 && next != '\n';
        next = socket.getInputStream().read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }

  @Test
  void clientsThatDoNotReadOrSendDelayNobody() throws Exception {
    try (TinyServer server = TinyServer.of(run)) {
      List<Socket> sockets = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Socket reader = server.socket();
        streamed(reader);
        Socket sender = server.socket();
        TinyServer.begin(sender, 50, "{");
        sockets.addAll(List.of(reader, sender));
      }
      server.answer(COMPLETIONS, SHORT);
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void connectionsWithoutProgressAreClosed() throws Exception {
    Duration idle = Duration.ofMillis(300);
    try (TinyServer server =
            TinyServer.with(run, TinyServer.limits(LONG, idle, 64), InferenceLimits.defaults());
        Socket silent = server.socket();
        Socket slow = server.socket()) {
      TinyServer.begin(slow, 50, "{");

      assertThat(silent.getInputStream().read()).isEqualTo(-1);
      String end = new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(end)
          .satisfiesAnyOf(
              text -> assertThat(text).isEmpty(),
              text -> assertThat(text).startsWith("HTTP/1.1 4"));
    }
  }

  @Test
  void answersThatTakeTooLongEndWithATimeout() throws Exception {
    Duration time = Duration.ofMillis(400);
    try (TinyServer server =
        TinyServer.with(run, TinyServer.limits(time, LONG, 64), ONE_AT_A_TIME)) {
      HttpResponse<String> response = server.post(COMPLETIONS, ENDLESS + "}");
      assertThat(response.statusCode()).as(response.body()).isEqualTo(504);
      assertThat(TinyServer.error(response).path("code").asText()).isEqualTo("timeout");

      HttpResponse<String> stream = server.post(COMPLETIONS, ENDLESS_STREAM);
      assertThat(stream.body()).contains("\"code\":\"timeout\"").doesNotContain("[DONE]");
    }
  }

  /** The model is in a computation that it cannot end early. */
  @Test
  void answersOfABusyModelEndWithATimeoutToo() throws Exception {
    Duration time = Duration.ofMillis(200);
    CountDownLatch end = new CountDownLatch(1);
    try (TinyServer server =
        TinyServer.with(run, TinyServer.limits(time, LONG, 64), InferenceLimits.defaults())) {
      try {
        CompletableFuture<Boolean> busy = server.model().computeAsync(model -> awaited(end));
        for (String request : List.of(SHORT, ENDLESS_STREAM)) {
          HttpResponse<String> response = server.post(COMPLETIONS, request);
          assertThat(response.statusCode()).as(response.body()).isEqualTo(504);
          assertThat(TinyServer.error(response).path("code").asText()).isEqualTo("timeout");
        }
        assertThat(server.post("/v1/think", SHORT).statusCode()).isEqualTo(504);
        assertThat(busy).isNotDone();
      } finally {
        end.countDown();
      }
    }
  }

  private static boolean awaited(CountDownLatch end) {
    try {
      return end.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void requestsBeyondTheQueueAreToldToTryAgain() throws Exception {
    try (TinyServer server =
            TinyServer.with(run, TinyServer.limits(LONG, LONG, 1), InferenceLimits.defaults());
        TinyServer queued =
            TinyServer.with(run, TinyServer.limits(), ONE_AT_A_TIME.maxWaiting(1))) {
      for (TinyServer full : List.of(server, queued)) {
        try (Socket first = full.socket();
            Socket second = full.socket()) {
          streamed(first);
          TinyServer.begin(second, ENDLESS_STREAM.length(), ENDLESS_STREAM);
          BoundedWait.until(() -> full != queued || queued.model().waiting() > 0);
          HttpResponse<String> refused = full.post(COMPLETIONS, SHORT);
          assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
          assertThat(refused.headers().firstValue("Retry-After")).isPresent();
          assertThat(TinyServer.error(refused).path("type").asText()).isEqualTo("rate_limit_error");
          assertThat(full.get("/healthz").statusCode()).isEqualTo(200);
        }
      }
    }
  }

  @Test
  void stopLetsRequestsInFlightEnd() throws Exception {
    try (TinyServer server = TinyServer.of(run)) {
      CompletableFuture<HttpResponse<String>> inFlight =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return server.post(COMPLETIONS, "{\"prompt\": \"line\", \"max_tokens\": 300}");
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      awaitRunning(server, 1);
      server.stop();
      assertThat(inFlight.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
  }
}
