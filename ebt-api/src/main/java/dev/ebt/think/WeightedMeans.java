package dev.ebt.think;

import dev.ebt.tensor.Array;
import java.util.LinkedHashMap;
import java.util.Map;

/** Weighted means over predictions, independent of how they are divided into batches. */
public final class WeightedMeans {
  private final Map<String, Double> sums = new LinkedHashMap<>();
  private double weight;

  /**
   * Adds predictions.
   *
   * @param metrics values by name, each [rows, predictions...]; ignored where the weight is 0
   */
  public void add(Map<String, Array> metrics, float[] weights) {
    metrics.forEach((name, values) -> sums.merge(name, weighted(values, weights), Double::sum));
    for (float w : weights) {
      weight += w;
    }
  }

  private static double weighted(Array values, float[] weights) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] != 0) {
        sum += weights[i] * values.real(i);
      }
    }
    return sum;
  }

  /** Returns the means by name. */
  public Map<String, Double> means() {
    Map<String, Double> means = new LinkedHashMap<>(sums);
    means.replaceAll((name, sum) -> sum / weight);
    return means;
  }

  /** Returns the total weight of the predictions. */
  public double weight() {
    return weight;
  }
}
