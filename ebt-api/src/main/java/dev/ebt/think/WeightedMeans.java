package dev.ebt.think;

import dev.ebt.backend.ProcessGroup;
import dev.ebt.error.Required;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
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

  /**
   * Adds the predictions of the other processes; all of a group have to call this.
   *
   * @param processes the first of them has predictions, others may have none
   */
  void addOthers(ProcessGroup processes) {
    List<String> names = sums.keySet().stream().sorted().toList();
    long known = processes.isFirst() ? names.size() : 0;
    double[] own = new double[1 + (int) processes.sum(Array.scalar(known)).item()];
    own[0] = weight;
    for (int i = 0; i < names.size(); i++) {
      own[i + 1] = Required.of(sums, names.get(i));
    }
    Array all = processes.sum(Array.of(Shape.of(own.length), own));
    weight = all.real(0);
    for (int i = 0; i < names.size(); i++) {
      sums.put(names.get(i), all.real(i + 1));
    }
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
