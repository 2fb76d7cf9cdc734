package dev.ebt.stop;

import dev.ebt.error.SettingException;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Tensor;

/**
 * Stops after a number of evaluations of the model, one per step.
 *
 * @param evaluations the number, at least 1
 */
public record EvaluationBudget(int evaluations) implements StoppingRule {
  /** Validates the setting. */
  public EvaluationBudget {
    if (evaluations < 1) {
      throw SettingException.of("evaluations", evaluations, "at least 1");
    }
  }

  @Override
  public Tensor finished(Inputs step) {
    Tensor spent = step.evaluations().greaterOrEqual(Tensor.constant(evaluations - 0.5));
    return Functions.real(spent).broadcastTo(step.energy().shape());
  }
}
