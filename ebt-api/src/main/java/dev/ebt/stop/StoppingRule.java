package dev.ebt.stop;

import dev.ebt.tensor.Tensor;
import java.util.stream.IntStream;

/**
 * A rule for when thinking about a prediction ends, applied in every step and to every prediction
 * by itself. A prediction that has stopped is not updated any more. The rule is computed on the
 * device, in the program of a step.
 *
 * <p>Results are 1 where a prediction stops and 0 elsewhere, one real number per prediction.
 */
public interface StoppingRule {
  /** Returns which predictions stop before the update of this step, which is then not applied. */
  default Tensor settled(Inputs step) {
    return step.none();
  }

  /** Returns which predictions stop after the update of this step. */
  default Tensor finished(Inputs step) {
    return step.none();
  }

  /**
   * Returns whether predictions are compared as distributions. Such a rule is refused for
   * candidates that do not stand for one.
   */
  default boolean comparesDistributions() {
    return false;
  }

  /**
   * The inputs of a rule in one step.
   *
   * @param energy of the candidates that enter the step, [rows, predictions...]
   * @param previousEnergy of those that entered the step before; 1e30 in the first step
   * @param gradient of the energy, [rows, candidate...]
   * @param prediction the model input of the candidates that enter the step: for text,
   *     probabilities
   * @param next the model input after the update
   * @param evaluations number of evaluations so far, this one included, a real scalar
   */
  record Inputs(
      Tensor energy,
      Tensor previousEnergy,
      Tensor gradient,
      Tensor prediction,
      Tensor next,
      Tensor evaluations) {
    /** Returns 0 for every prediction. */
    public Tensor none() {
      return Tensor.zeros(energy.shape());
    }

    /** Returns the sum over each prediction's own elements. */
    public Tensor sumPerPrediction(Tensor elements) {
      int leading = energy.shape().rank();
      int[] axes = IntStream.range(leading, elements.shape().rank()).toArray();
      return axes.length == 0 ? elements : elements.sum(axes);
    }
  }
}
