package dev.ebt.select;

import dev.ebt.tensor.Tensor;
import java.util.function.Supplier;

/**
 * A choice among several candidates for each prediction, each optimized from its own initial value:
 * the candidate of the lowest score is selected. Scores are computed on the device, candidate by
 * candidate, for every prediction by itself.
 */
public interface Selection {
  /** Returns the scores of a final candidate, [rows, predictions...]; the lowest one wins. */
  Tensor score(Inputs candidate);

  /** Returns whether the score is the energy itself. */
  default boolean byEnergy() {
    return false;
  }

  /**
   * The inputs of a score.
   *
   * @param energy of the final candidate, in the landscape of the last step, [rows, predictions...]
   * @param initialEnergy of the initial candidate, in the first landscape; 1e30 without a step
   * @param residual supplies ‖α ∂E/∂y‖ of the final candidate, the length of another step of plain
   *     gradient descent, which takes a gradient more
   * @param key the random key of the candidate, different for each
   */
  record Inputs(Tensor energy, Tensor initialEnergy, Supplier<Tensor> residual, Tensor key) {}
}
