package dev.ebt.predict;

import dev.ebt.error.UserException;
import java.util.List;

/**
 * The compute budgets to evaluate: each number of steps with each number of candidates, of which
 * one is selected per prediction.
 *
 * @param steps increasing numbers, from 0
 * @param candidates increasing numbers, from 1
 */
public record ComputeBudgets(List<Integer> steps, List<Integer> candidates) {
  /** Makes unmodifiable copies of the lists. */
  public ComputeBudgets {
    steps = List.copyOf(steps);
    candidates = List.copyOf(candidates);
  }

  /** Returns budgets of one candidate. */
  public static ComputeBudgets of(List<Integer> steps) {
    return new ComputeBudgets(steps, List.of(1));
  }

  /**
   * Checks that several candidates are requested only of a model with an energy to select by.
   *
   * @throws UserException if a model without an energy is to have any number other than 1
   */
  public void checkCandidates(boolean thinks) {
    if (!thinks && !candidates.equals(List.of(1))) {
      throw new UserException(
          "this model has no energies to choose by: it has no candidates "
              + candidates
              + ", only 1");
    }
  }
}
