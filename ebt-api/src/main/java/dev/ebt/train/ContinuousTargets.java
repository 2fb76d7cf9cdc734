package dev.ebt.train;

import dev.ebt.error.SettingException;
import dev.ebt.objective.Objective.ObjectiveInputs;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Tensor;

/** A check for objectives whose targets are points in the space of candidates. */
public final class ContinuousTargets {
  private ContinuousTargets() {}

  /**
   * Checks that targets are candidates.
   *
   * @param reason the name of the objective and why it needs this, as a clause after "is"
   * @throws SettingException if targets are discrete
   */
  public static void check(ObjectiveInputs task, String reason) {
    Tensor candidate = task.initialCandidate();
    if (task.target().type() != ElementType.REAL
        || !task.target().shape().equals(candidate.shape())
        || task.modality().toModelInput(candidate) != candidate) {
      throw new SettingException(
          "objective.name",
          "is "
              + reason
              + "; s1 or s2 expected, or a modality with continuous candidates, such as images");
    }
  }
}
