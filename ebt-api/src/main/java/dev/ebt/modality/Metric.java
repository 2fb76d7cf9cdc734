package dev.ebt.modality;

import dev.ebt.tensor.Tensor;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A metric that a configuration names ({@code metrics: [psnr]}), reported beside those that the
 * modality computes by itself: values of single predictions, of which reports give the weighted
 * mean, or a metric of a set of predictions, or both.
 */
public interface Metric {
  /**
   * Computes values of each prediction, by name: [rows, predictions...] each. None unless
   * overridden.
   *
   * @throws dev.ebt.error.UserException if the metric is not for such candidates
   */
  default Map<String, Tensor> values(Inputs inputs) {
    return Map.of();
  }

  /** Returns the number of decimals of its values where they are shown during training. */
  default int decimals() {
    return 4;
  }

  /**
   * Returns further values to report, by name, given the weighted means of {@code "loss"} and of
   * all metrics over all predictions. None unless overridden.
   */
  default Map<String, Double> summary(Map<String, Double> means) {
    return Map.of();
  }

  /**
   * Returns the units of its values by name, such as {@code dB}. Numbers without a unit, such as
   * shares, are absent. None unless overridden.
   */
  default Map<String, String> units() {
    return Map.of();
  }

  /**
   * Returns a new, empty metric of a set of predictions; empty unless overridden.
   *
   * @param dataset the dataset of the run, whose training rows predictions may be compared with
   */
  default Optional<DistributionMetric> distributionMetric(Dataset dataset) {
    return Optional.empty();
  }

  /**
   * The inputs of a metric.
   *
   * @param candidate the predictions, [rows, candidate...]
   * @param target the targets, [rows, target...]
   */
  record Inputs(Modality modality, Tensor candidate, Tensor target) {
    /** Returns the predictions as model inputs: as probabilities where candidates are logits. */
    public Tensor predicted() {
      return modality.toModelInput(candidate);
    }

    /** Returns the targets as model inputs, of the shape of {@link #predicted}. */
    public Tensor expected() {
      return modality.targetCandidate(target);
    }

    /** Returns the mean over all elements of each prediction. */
    public Tensor mean(Tensor elements) {
      int predictions = 1 + modality.predictions().rank();
      int rank = elements.shape().rank();
      return predictions == rank
          ? elements
          : elements.mean(IntStream.range(predictions, rank).toArray());
    }
  }
}
