package dev.ebt.predict;

import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import java.util.ArrayList;
import java.util.List;

/** The energies of candidates while a predictor thinks about them, step by step. */
public final class StepEnergies {
  private StepEnergies() {}

  /**
   * Checks that a model has an energy.
   *
   * @param option what asks for energies, for the message
   * @throws UserException if it has none
   */
  public static void check(Predictor predictor, String option) {
    if (!predictor.thinks()) {
      throw new UserException(option + " shows energies, and this model has none; leave it out");
    }
  }

  /**
   * Takes steps from the initial candidates on, and returns the energies before each of them and
   * after the last one, each [rows, predictions...]; fewer where no prediction went on.
   *
   * @param predictor of a model with an energy, whose candidates are initialized
   * @param tolerance see {@link Predictor#step}
   */
  public static List<Array> of(Predictor predictor, int steps, double tolerance) {
    List<Array> energies = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      StepResult step = predictor.step(predictor.stepSizeScale(steps), tolerance);
      energies.add(step.energy());
      if (step.moved() == 0) {
        return energies;
      }
      if (step.remaining() == 0) {
        break;
      }
    }
    energies.add(predictor.energy());
    return energies;
  }
}
