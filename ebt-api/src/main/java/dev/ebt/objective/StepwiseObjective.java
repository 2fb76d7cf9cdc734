package dev.ebt.objective;

import dev.ebt.energy.EnergyFunction;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;
import java.util.Map;

/**
 * An objective whose loss is a sum over thinking steps, each term of which depends on the
 * parameters only through its own step. Its steps can therefore be trained one after another, with
 * memory and programs that do not grow with their number.
 */
public interface StepwiseObjective {
  /**
   * The role of a step in the objective. Steps of one role share a program.
   *
   * @param first whether this is the first step
   * @param last whether this is the last step, if that makes a difference
   * @param learns whether the step adds to the loss; if not, it only updates the candidate
   */
  record Role(boolean first, boolean last, boolean learns) {}

  /** Returns the role of step {@code step}, from 0, of {@code steps}. */
  Role role(int step, int steps);

  /** Returns the values of a step's program inputs for each run, by name. */
  Map<String, Array> inputs(int step, int steps);

  /**
   * A step that was taken.
   *
   * @param observed the model's observation of the context in the step's landscape
   */
  record StepInputs(
      EnergyFunction energy,
      NamedTensors observed,
      Tensor landscape,
      ThinkingStep.StepOutput stepOutput) {}

  /**
   * Returns what a step adds to the loss, and its metrics: of a metric that several steps have, the
   * last step's value is used. Of a first step that does not add to the loss only the metrics are
   * used.
   */
  Objective.ObjectiveOutput output(Objective.ObjectiveInputs task, Role role, StepInputs taken);
}
