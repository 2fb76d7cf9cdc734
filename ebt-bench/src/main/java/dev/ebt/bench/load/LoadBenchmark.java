package dev.ebt.bench.load;

import dev.ebt.bench.serve.ModelServer;
import dev.ebt.bench.serve.ServedModel;
import dev.ebt.bench.serve.ServerLimits;
import dev.ebt.bench.serve.ServerSettings;
import dev.ebt.inference.EbtModel;
import dev.ebt.inference.InferenceLimits;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.TrainedModel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * A benchmark of a server with client threads in the same process: the throughput of many threads
 * in turns with that of one, failed requests, and the growth of memory.
 */
public final class LoadBenchmark {
  private static final int TURNS = 6;
  private static final Duration WARM_UP = Duration.ofSeconds(2);

  private final LoadSettings settings;
  private final Consumer<String> progress;
  private final LoadTally single = new LoadTally();
  private final LoadTally full = new LoadTally();

  /**
   * Creates a benchmark.
   *
   * @param progress receives a line after each turn
   */
  public LoadBenchmark(LoadSettings settings, Consumer<String> progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Runs the benchmark.
   *
   * @param trained the model, which is closed
   * @return the values by name, in display order
   */
  public Map<String, Object> run(Catalog catalog, TrainedModel trained)
      throws InterruptedException {
    InferenceLimits together = InferenceLimits.defaults().maxBatchSize(settings.threads());
    try (EbtModel calls = EbtModel.of(catalog, trained, together);
        ModelServer server = ModelServer.start(ServedModel.of("model", trained, calls), server())) {
      LoadClients clients = new LoadClients(server.url(), settings);
      warmUp(clients);
      ProcessMemory before = ProcessMemory.now();
      Duration turn = Duration.ofMillis(settings.seconds() * 1000L / TURNS);
      for (int i = 0; i < TURNS; i++) {
        boolean alone = !settings.soak() && i % 2 == 0;
        LoadTally tally = alone ? single : full;
        clients.run(alone ? 1 : settings.threads(), turn, tally);
        progress.accept(line(alone ? 1 : settings.threads(), tally));
      }
      return metrics(before, ProcessMemory.now());
    }
  }

  /** Has the programs of all batch sizes compiled, which are powers of two. */
  private void warmUp(LoadClients clients) throws InterruptedException {
    for (int threads = 1; threads < settings.threads(); threads *= 2) {
      clients.run(threads, Duration.ZERO, new LoadTally());
    }
    clients.run(settings.threads(), WARM_UP, new LoadTally());
  }

  private ServerSettings server() {
    ServerLimits limits =
        new ServerLimits(
            1 << 20,
            settings.prompt().length() * 4,
            settings.tokens(),
            1,
            1,
            1,
            1,
            settings.threads(),
            settings.threads() * 2,
            Duration.ofMinutes(1),
            Duration.ofMinutes(1));
    return new ServerSettings(
        "127.0.0.1", 0, Optional.empty(), Optional.empty(), limits, line -> {});
  }

  private static String line(int threads, LoadTally tally) {
    return String.format(
        Locale.ROOT,
        "client threads %d: %d requests, %d failed, %.0f tokens/s",
        threads,
        tally.requests(),
        tally.failed(),
        tally.tokensPerSecond());
  }

  private Map<String, Object> metrics(ProcessMemory before, ProcessMemory after) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("threads", settings.threads());
    metrics.put("requests", full.requests() + single.requests());
    metrics.put("failed", full.failed() + single.failed());
    metrics.put("tokensPerSecond", rounded(full.tokensPerSecond()));
    metrics.put("medianMillis", rounded(full.millis(50)));
    metrics.put("p99Millis", rounded(full.millis(99)));
    if (!settings.soak()) {
      metrics.put("singleTokensPerSecond", rounded(single.tokensPerSecond()));
      metrics.put("singleMedianMillis", rounded(single.millis(50)));
      metrics.put("timesSingle", rounded(full.tokensPerSecond() / single.tokensPerSecond()));
    }
    put(
        metrics,
        "heapMiB",
        OptionalDouble.of(before.heapMiB()),
        OptionalDouble.of(after.heapMiB()));
    put(metrics, "residentMiB", before.residentMiB(), after.residentMiB());
    List<String> failures = full.failures().isEmpty() ? single.failures() : full.failures();
    if (!failures.isEmpty()) {
      metrics.put("failures", failures);
    }
    return metrics;
  }

  private static void put(
      Map<String, Object> metrics, String name, OptionalDouble before, OptionalDouble after) {
    if (before.isPresent() && after.isPresent()) {
      metrics.put(name + "Before", rounded(before.getAsDouble()));
      metrics.put(name + "After", rounded(after.getAsDouble()));
    }
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
