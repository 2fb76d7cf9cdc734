package dev.ebt.bench.report;

import dev.ebt.monitor.StepMetrics;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Exponential moving averages of the metrics of training steps, for a line that people read while
 * it changes. The norm of the gradient is that of the last step.
 */
final class SmoothedMetrics {
  private static final double KEPT = 0.9;
  private static final String LOSS = "loss";

  private final Map<String, Double> values = new LinkedHashMap<>();

  /** Adds the metrics of a step. */
  void add(StepMetrics metrics) {
    add(LOSS, metrics.loss());
    metrics.metrics().forEach(this::add);
    values.put("gradientNorm", metrics.gradientNorm());
  }

  private void add(String name, double value) {
    values.merge(name, value, (before, next) -> KEPT * before + (1 - KEPT) * next);
  }

  /** Returns the loss; NaN before the first step. */
  double loss() {
    return values.getOrDefault(LOSS, Double.NaN);
  }

  /** Returns the metrics by their names in {@code metrics.jsonl}. */
  Map<String, Double> values() {
    return values;
  }
}
