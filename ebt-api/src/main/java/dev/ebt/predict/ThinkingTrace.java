package dev.ebt.predict;

import dev.ebt.tensor.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What thinking did to each prediction, until its step budget or its stopping rule ended it. The
 * part of one prediction does not depend on the others.
 *
 * @param steps the steps that were taken, until no prediction continued
 * @param finalEnergy the energy of the final candidates, in the landscape of the last step of the
 *     budget, [rows, predictions...]; empty if it was not computed
 */
public record ThinkingTrace(List<StepResult> steps, Optional<Array> finalEnergy) {
  /** Copies the list. */
  public ThinkingTrace {
    steps = List.copyOf(steps);
  }

  /** Returns the trace of a model that does not think. */
  public static ThinkingTrace none() {
    return new ThinkingTrace(List.of(), Optional.empty());
  }

  /**
   * Returns the energies of one prediction: before each of its updates, and the final one if it was
   * computed.
   *
   * @param prediction its index among those of all rows
   */
  public List<Double> energies(int prediction) {
    List<Double> energies = new ArrayList<>();
    for (StepResult step : steps) {
      if (step.updated().real(prediction) != 0) {
        energies.add(step.energy().real(prediction));
      }
    }
    finalEnergy.ifPresent(energy -> energies.add(energy.real(prediction)));
    return energies;
  }

  /**
   * Returns the number of evaluations of the network for one prediction, without that of the final
   * energy.
   *
   * @param prediction its index among those of all rows
   */
  public int evaluations(int prediction) {
    int evaluations = 0;
    boolean continuing = true;
    for (StepResult step : steps) {
      if (continuing) {
        evaluations++;
      }
      continuing &= step.continuing().real(prediction) != 0;
    }
    return evaluations;
  }
}
