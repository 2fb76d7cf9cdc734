package dev.ebt.predict;

import dev.ebt.tensor.Array;

/**
 * The result of a step, [rows, predictions...] each.
 *
 * @param energy of the candidates before the step
 * @param updated 1 where the prediction was updated, 0 elsewhere
 * @param continuing 1 where the next step would update the prediction or find it settled, 0
 *     elsewhere
 */
public record StepResult(Array energy, Array updated, Array continuing) {
  /** Creates the result of a step after which the predictions that were updated continue. */
  public StepResult(Array energy, Array updated) {
    this(energy, updated, updated);
  }

  /** Returns the number of predictions that were updated. */
  public int moved() {
    return count(updated);
  }

  /** Returns the number of predictions that continue; with 0 of them thinking has ended. */
  public int remaining() {
    return count(continuing);
  }

  private static int count(Array marked) {
    int count = 0;
    for (int i = 0; i < marked.shape().elements(); i++) {
      count += marked.real(i) == 0 ? 0 : 1;
    }
    return count;
  }
}
