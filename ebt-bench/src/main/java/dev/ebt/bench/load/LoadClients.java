package dev.ebt.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that ask a server for completions, every other one as a stream. */
final class LoadClients {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final double NANOS_PER_SECOND = 1e9;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI route;
  private final LoadSettings settings;
  private final AtomicLong requests = new AtomicLong();

  LoadClients(String url, LoadSettings settings) {
    this.route = URI.create(url + "/v1/completions");
    this.settings = settings;
  }

  /**
   * Asks until some time has passed, and waits for the answers to all requests.
   *
   * @param threads the number of requests at a time
   */
  void run(int threads, Duration time, LoadTally tally) throws InterruptedException {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    long begin = System.nanoTime();
    long end = begin + time.toNanos();
    try {
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        clients.add(executor.submit(() -> ask(end, tally)));
      }
      for (Future<?> each : clients) {
        each.get();
      }
      tally.during((System.nanoTime() - begin) / NANOS_PER_SECOND);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      executor.shutdownNow();
    }
  }

  private void ask(long end, LoadTally tally) {
    do {
      long number = requests.incrementAndGet();
      long since = System.nanoTime();
      try {
        HttpResponse<String> response =
            client.send(request(number), HttpResponse.BodyHandlers.ofString());
        if (complete(response, streamed(number))) {
          tally.answer(settings.tokens(), System.nanoTime() - since);
        } else {
          tally.failure(response.statusCode() + " " + response.body());
        }
      } catch (IOException e) {
        tally.failure(String.valueOf(e));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    } while (System.nanoTime() < end);
  }

  private static boolean streamed(long number) {
    return number % 2 == 0;
  }

  /** Asks for an answer of exactly as many tokens as are counted. */
  private HttpRequest request(long number) throws IOException {
    JsonNode body =
        MAPPER
            .createObjectNode()
            .put("prompt", settings.prompt())
            .put("max_tokens", settings.tokens())
            .put("ignore_eos", true)
            .put("seed", number)
            .put("stream", streamed(number));
    return HttpRequest.newBuilder(route)
        .timeout(PATIENCE)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body)))
        .build();
  }

  /** Returns whether a response is a whole answer. */
  private static boolean complete(HttpResponse<String> response, boolean streamed) {
    String mark = streamed ? "data: [DONE]" : "\"finish_reason\":\"";
    return response.statusCode() == 200 && response.body().contains(mark);
  }
}
