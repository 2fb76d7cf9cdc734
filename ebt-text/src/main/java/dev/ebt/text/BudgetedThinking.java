package dev.ebt.text;

import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import dev.ebt.run.RunParts;
import dev.ebt.text.decode.TextGenerator.GenerationOptions;

/** Thinking with a budget of evaluations for a whole text, spent where the energy still changes. */
final class BudgetedThinking {
  /** The change of energy below which a token is settled where neither a user nor the run says. */
  private static final double TOLERANCE = 0.01;

  private BudgetedThinking() {}

  /**
   * Returns options with a budget.
   *
   * @param evaluations the most evaluations of a text
   * @param mostSteps the most steps of a token; 0 for no limit of its own
   * @param option the name of the budget in messages
   * @throws UserException if the model has no energy, or none that can be compared between steps
   *     and no other stopping rule
   */
  static GenerationOptions of(
      GenerationOptions options, int evaluations, int mostSteps, RunParts parts, String option) {
    check(parts, option);
    double tolerance = options.tolerance();
    if (tolerance == 0 && parts.thinking().stop() == null) {
      parts.checkTolerance(option, TOLERANCE);
      tolerance = TOLERANCE;
    }
    return options.withEvaluations(evaluations, mostSteps, tolerance);
  }

  /**
   * Checks that a model can have a budget.
   *
   * @throws SettingException if it has no energy
   */
  static void check(RunParts parts, String option) {
    if (!parts.thinks()) {
      throw new SettingException(
          option, "has no effect on a model without an energy; leave it out");
    }
  }
}
