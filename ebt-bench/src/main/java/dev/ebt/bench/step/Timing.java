package dev.ebt.bench.step;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Durations of training steps with one number of thinking steps.
 *
 * @param steps number of thinking steps; 0 for the baseline
 * @param tokens number of tokens per training step
 * @param first seconds of the first step, including compilation
 * @param later seconds of the following steps
 * @param operations number of backend operations in all programs
 */
public record Timing(int steps, long tokens, double first, List<Double> later, int operations) {

  /** Returns the median of the later steps, in seconds. */
  public double median() {
    return later.stream().sorted().toList().get(later.size() / 2);
  }

  /** Returns the minimum of the later steps, in seconds. */
  public double minimum() {
    return later.stream().sorted().toList().get(0);
  }

  /** Returns the duration relative to T times the duration of one thinking step. */
  public double ratioTo(Timing oneStep) {
    return median() / (steps * oneStep.median());
  }

  /** Returns the duration relative to a training step of the baseline. */
  public double relativeTo(Timing baseline) {
    return median() / baseline.median();
  }

  /** Returns the values by name, in display order. */
  public Map<String, Object> metrics() {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("firstStepSeconds", rounded(first));
    metrics.put("stepSecondsMedian", rounded(median()));
    metrics.put("stepSecondsLeast", rounded(minimum()));
    metrics.put("tokensPerSecond", Math.round(tokens / median()));
    metrics.put("graphOperations", operations);
    return metrics;
  }

  static double rounded(double seconds) {
    return Math.round(seconds * 1e4) / 1e4;
  }
}
