package dev.ebt.bench.step;

import dev.ebt.tensor.OperationCount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Durations of training steps with one number of thinking steps.
 *
 * @param steps number of thinking steps; 0 for the baseline
 * @param tokens number of tokens per training step
 * @param first seconds of the first step, including compilation
 * @param later times of the following steps
 * @param operations number of backend operations in all programs
 * @param work the floating-point operations of a step
 * @param pairs times of further steps, each with that of its matrix products alone
 */
public record Timing(
    int steps,
    long tokens,
    double first,
    List<Stopwatch.Time> later,
    int operations,
    OperationCount work,
    List<Pair> pairs) {
  /** The least CPU time of which a step of its clock, 10 milliseconds, is at most a twentieth. */
  private static final double LEAST_CPU_SECONDS = 0.2;

  /**
   * A step, and right after it the matrix products of a step alone, so that other load on the
   * machine affects both alike.
   */
  public record Pair(Stopwatch.Time step, Stopwatch.Time products) {}

  /** Returns the median of the later steps, in seconds. */
  public double median() {
    return median(later, Stopwatch.Time::seconds);
  }

  private static <T> double median(List<T> values, ToDoubleFunction<T> value) {
    return values.stream().mapToDouble(value).sorted().toArray()[values.size() / 2];
  }

  /** Returns the minimum of the later steps, in seconds. */
  public double minimum() {
    return later.stream().mapToDouble(Stopwatch.Time::seconds).min().orElseThrow();
  }

  /** Returns the duration relative to T times the duration of one thinking step. */
  public double ratioTo(Timing oneStep) {
    return median() / (steps * oneStep.median());
  }

  /** Returns the duration relative to a training step of the baseline. */
  public double relativeTo(Timing baseline) {
    return median() / baseline.median();
  }

  /**
   * Returns the values by name, in display order. The share of the rate is that of the rate of all
   * operations of matrix products by the time of a step in that by the time of the products alone,
   * which is the share of the products' time in that of a step. By CPU time it is {@code unknown}
   * where either took too little for the coarse clock.
   */
  public Map<String, Object> metrics() {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("firstStepSeconds", rounded(first));
    metrics.put("stepSecondsMedian", rounded(median()));
    metrics.put("stepSecondsLeast", rounded(minimum()));
    metrics.put("cpuSecondsMedian", rounded(median(later, Stopwatch.Time::cpuSeconds)));
    metrics.put("tokensPerSecond", Math.round(tokens / median()));
    metrics.put("graphOperations", operations);
    metrics.put("gigaflop", giga(work.total()));
    metrics.put("gigaflopProducts", giga(work.inProducts()));
    metrics.put("gigaflopPointwise", giga(work.pointwise()));
    metrics.put("gigaflopReductions", giga(work.reductions()));
    double seconds = median(pairs, pair -> pair.products().seconds());
    metrics.put("productGigaflopPerSecond", Math.round(work.inProducts() / seconds / 1e8) / 10.0);
    metrics.put(
        "ofProductRate",
        rounded(median(pairs, pair -> pair.products().seconds() / pair.step().seconds())));
    // Sums, since CPU time is counted in coarse steps.
    double cpu = pairs.stream().mapToDouble(pair -> pair.step().cpuSeconds()).sum();
    double products = pairs.stream().mapToDouble(pair -> pair.products().cpuSeconds()).sum();
    boolean exact = Math.min(cpu, products) >= LEAST_CPU_SECONDS;
    metrics.put("ofProductRateByCpu", exact ? rounded(products / cpu) : "unknown");
    return metrics;
  }

  private static double giga(long operations) {
    return Math.round(operations / 1e6) / 1e3;
  }

  static double rounded(double seconds) {
    return Math.round(seconds * 1e4) / 1e4;
  }
}
