package dev.ebt.select;

import dev.ebt.tensor.Tensor;

/**
 * A repulsion between the candidates of one prediction: before each thinking step a candidate is
 * displaced away from what thinking made of the candidates before it, so that several candidates
 * find several minima of the energy. The energies by which one is selected do not contain it, and
 * training ignores it.
 */
public interface Repulsion {
  /**
   * Returns whether candidates are displaced before a step. Always, unless overridden.
   *
   * @param step the number of the step, from 0
   */
  default boolean acts(int step) {
    return true;
  }

  /**
   * Returns the displacement of candidates in one step by one earlier candidate each.
   *
   * @param candidate [rows, predictions..., elements...]
   * @param earlier the earlier candidate of each prediction, of the same shape
   * @param leading the number of leading axes, which index rows and predictions; the displacement
   *     of one prediction depends on no other
   * @return the displacement, of the shape of the candidate, 0 where both are equal
   */
  Tensor displacement(Tensor candidate, Tensor earlier, int leading);
}
