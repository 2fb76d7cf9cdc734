package dev.ebt.text.decode;

import dev.ebt.error.UserException;
import dev.ebt.predict.Predictor;
import dev.ebt.think.SelfVerification;
import java.util.Locale;

/**
 * What options of generation have to fit.
 *
 * @param thinks whether the model has an energy
 * @param candidatesDiffer whether candidates of different seeds differ
 * @param evaluationsPerStep evaluations of the network for one thinking step
 */
record ModelAbilities(boolean thinks, boolean candidatesDiffer, int evaluationsPerStep) {
  /** Returns those of the model of a predictor. */
  static ModelAbilities of(Predictor predictor) {
    return new ModelAbilities(
        predictor.thinks(),
        !predictor.thinks() || predictor.candidatesDiffer(),
        predictor.evaluations(1));
  }

  /**
   * Checks options.
   *
   * @throws UserException if they are not possible for the model
   */
  void check(TextGenerator.GenerationOptions options) {
    if (!thinks && options.evaluations() > 0) {
      throw new UserException(
          "evaluations is "
              + options.evaluations()
              + "; 0 expected for a model without energies, which has one evaluation per token");
    }
    if (options.evaluations() == 0 && thinks != options.steps() > 0) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "steps is %d; it must be %s",
              options.steps(),
              thinks ? "at least 1" : "0 for a model without thinking,"));
    }
    if (!thinks && options.candidates() > 1) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "candidates is %d; it must be 1 for a model without energies",
              options.candidates()));
    }
    SelfVerification.requireDifferent(options.candidates(), candidatesDiffer);
  }
}
