package dev.ebt.modality;

import dev.ebt.tensor.Array;
import java.util.Map;

/**
 * Figures of many predictions together that are no means over single ones: how far what is
 * predicted is, as a whole, from what there is; how much it varies. Holds one set of predictions.
 */
public interface DistributionMetric {
  /**
   * Takes in predictions.
   *
   * @param batch the rows that are predicted
   * @param candidates of all rows, [rows, candidate...]
   * @param rows the first so many count, others only fill the batch up
   */
  void add(Batch batch, Array candidates, int rows);

  /** The figures by name; without those for which there were too few predictions. */
  Map<String, Double> metrics();
}
