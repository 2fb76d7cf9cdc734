package dev.ebt.predict;

import dev.ebt.tensor.Array;

/**
 * The result of a step.
 *
 * @param energy of the candidates before the step, [rows, predictions...]
 * @param moved number of predictions that were updated
 * @param remaining number of predictions that the next step would update or find settled; with 0 of
 *     them thinking has ended
 */
public record StepResult(Array energy, int moved, int remaining) {
  /** Creates the result of a step after which the predictions that were updated remain. */
  public StepResult(Array energy, int moved) {
    this(energy, moved, moved);
  }
}
