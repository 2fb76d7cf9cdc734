package dev.ebt.bench.serve;

import dev.ebt.inference.EbtModel;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.IntSupplier;

/** The metrics of a server in the text format of Prometheus. */
final class ServerMetrics implements AutoCloseable {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10),
    Duration.ofSeconds(60)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collector = new JvmGcMetrics();
  private final Counter promptTokens;
  private final Counter generatedTokens;
  private final Counter evaluations;

  /**
   * Creates metrics of a model and of this process.
   *
   * @param running the number of requests that are being answered
   */
  ServerMetrics(EbtModel model, IntSupplier running) {
    promptTokens = counter("ebt.prompt.tokens", "tokens of prompts that were answered");
    generatedTokens = counter("ebt.generated.tokens", "generated tokens");
    evaluations = counter("ebt.evaluations", "evaluations of the network by thinking");
    gauge("ebt.calls.waiting", "answers that wait for the model", model::waiting);
    gauge("ebt.requests.running", "requests that are being answered", running);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collector.bindTo(registry);
  }

  private void gauge(String name, String description, IntSupplier value) {
    Gauge.builder(name, value, IntSupplier::getAsInt)
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  /** Counts the tokens and evaluations of an answer. */
  void count(Completion.Usage usage) {
    promptTokens.increment(usage.promptTokens());
    generatedTokens.increment(usage.completionTokens());
    evaluations.increment((double) usage.completionTokensDetails().evaluations());
  }

  /** Counts a request. */
  void request(String method, String route, int status, Duration time) {
    Timer.builder("http.server.requests")
        .description("requests by route and status, and their time")
        .tags("method", method, "route", route, "status", Integer.toString(status))
        .serviceLevelObjectives(BUCKETS)
        .register(registry)
        .record(time);
  }

  /** Returns all metrics as text. */
  String text() {
    return registry.scrape();
  }

  @Override
  public void close() {
    collector.close();
    registry.close();
  }
}
