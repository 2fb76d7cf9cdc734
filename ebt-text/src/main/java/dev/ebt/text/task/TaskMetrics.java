package dev.ebt.text.task;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Metrics of a task by name, and the confidence intervals of those that have one. */
final class TaskMetrics {
  private final Map<String, Double> values = new LinkedHashMap<>();
  private final Map<String, ConfidenceInterval> intervals = new LinkedHashMap<>();

  void put(String name, double value) {
    values.put(name, value);
  }

  void put(String name, double value, Optional<ConfidenceInterval> interval) {
    values.put(name, value);
    interval.ifPresent(known -> intervals.put(name, known));
  }

  /** Adds the mean of scores, one for each record. */
  void putMean(String name, double... scores) {
    put(name, Arrays.stream(scores).average().orElseThrow(), ConfidenceInterval.ofMean(scores));
  }

  /** Returns the values in insertion order. */
  Map<String, Double> values() {
    return values;
  }

  Map<String, ConfidenceInterval> intervals() {
    return intervals;
  }
}
