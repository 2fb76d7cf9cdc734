package dev.ebt.monitor;

import dev.ebt.tensor.Array;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A view of a model in training for a {@link Monitor}: everything is computed when it is asked for,
 * in the time of the training, and changes nothing about it.
 */
public interface ModelInspection {
  /** A view of no model: nothing is known. */
  ModelInspection NOTHING = new ModelInspection() {};

  /** Returns the step size α; empty if the model has none that is saved with it. */
  default OptionalDouble stepSize() {
    return OptionalDouble.empty();
  }

  /** Returns the bounds of the step size; empty if it is not learned. */
  default Optional<StepSizeRange> stepSizeRange() {
    return Optional.empty();
  }

  /** Returns whether energies of different thinking steps are those of one function. */
  default boolean energiesAreComparable() {
    return true;
  }

  /** Returns whether a lower validation loss means better predictions. */
  default boolean judgedByLoss() {
    return true;
  }

  /** Returns whether the number of thinking steps is drawn at random in training. */
  default boolean drawsStepCounts() {
    return false;
  }

  /**
   * Returns the variance of the predictions over the first rows of the validation data, relative to
   * that of their targets; empty where predictions cannot be compared with targets. It thinks about
   * these rows.
   */
  default OptionalDouble diversity() {
    return OptionalDouble.empty();
  }

  /** Returns the share of predictions whose αλ is above 2 at the last validation. */
  default OptionalDouble unstable() {
    return OptionalDouble.empty();
  }

  /** Returns the learning rate of ordinary parameters at an update. */
  default OptionalDouble learningRate(long step) {
    return OptionalDouble.empty();
  }

  /**
   * Returns the gradient of the loss for each parameter at its present value, before clipping, for
   * the first batch of the last update; empty before the first one.
   */
  default Map<String, Array> gradients() {
    return Map.of();
  }

  /**
   * Returns the energies of the first predictions of the validation data, by the number of thinking
   * steps; empty for a model without an energy. The weights are those that the validation uses.
   */
  default Map<Integer, double[]> energies() {
    return Map.of();
  }

  /** Returns a sample of what the model produces; empty if there is nothing to show. */
  default Optional<ModelSample> sample() {
    return Optional.empty();
  }
}
