package dev.ebt.modality;

import dev.ebt.tensor.Array;
import java.util.Map;

/**
 * Metrics of a set of predictions that are not means over single predictions, such as the distance
 * between the distributions of predictions and data, or the diversity of the predictions. An
 * instance accumulates one set.
 */
public interface DistributionMetric {
  /**
   * Adds predictions to the set.
   *
   * @param batch the predicted rows
   * @param candidates the predictions of all rows, [rows, candidate...]
   * @param rows the number of leading rows to add; the rest is padding
   */
  void add(Batch batch, Array candidates, int rows);

  /** Returns the metrics by name, without those for which there are too few predictions. */
  Map<String, Double> metrics();
}
