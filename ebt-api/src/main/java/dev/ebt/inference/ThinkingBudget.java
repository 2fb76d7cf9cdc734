package dev.ebt.inference;

import dev.ebt.error.SettingException;
import dev.ebt.predict.Predictor;
import dev.ebt.run.RunParts;
import dev.ebt.think.SelfVerification;

/**
 * The thinking about each prediction of a call with one model.
 *
 * @param steps thinking steps, or network evaluations of a model without an energy
 * @param tolerance the change of energy below which thinking ends; 0 disables this
 * @param candidates the number of candidates, of which one is selected
 */
public record ThinkingBudget(int steps, double tolerance, int candidates) {
  /**
   * Returns the budget that options ask for.
   *
   * @throws dev.ebt.error.UserException if an option is not possible for the model
   */
  public static ThinkingBudget of(Thinking thinking, RunParts model) {
    int usual = model.steps().taken();
    int steps = thinking.steps().orElse(usual);
    if (usual > 0 && steps < 1) {
      throw SettingException.of("steps", steps, "at least 1");
    }
    if (usual == 0 && steps != 0) {
      throw SettingException.of("steps", steps, "0 for a model that predicts without thinking");
    }
    if (thinking.candidates() > 1 && !model.thinks()) {
      throw SettingException.of(
          "candidates", thinking.candidates(), "1 for a model without an energy to choose by");
    }
    if (thinking.tolerance() > 0) {
      model.checkTolerance("tolerance", thinking.tolerance());
    }
    return new ThinkingBudget(steps, thinking.tolerance(), thinking.candidates());
  }

  /**
   * Checks that a predictor can spend this budget.
   *
   * @throws dev.ebt.error.UserException if not
   */
  void check(Predictor predictor) {
    predictor.check(steps);
    SelfVerification.requireDifferent(predictor, candidates);
  }
}
