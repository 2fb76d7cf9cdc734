package dev.ebt.train;

import dev.ebt.energy.EnergyFunction;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;
import dev.ebt.think.ThinkingStep;
import java.util.Map;

/**
 * A lesson whose loss is a sum over thinking steps, each term of which reaches the parameters
 * through its own step alone. So its steps can be taught one after another, in memory and with
 * programs that do not grow with their number.
 */
public interface StepwiseObjective {
  /**
   * What a step is to the lesson. Steps of one role share a program.
   *
   * @param first whether no step came before it
   * @param last whether no step comes after it, if that makes a difference
   * @param learns whether it adds to the loss; if not, the candidate just goes on
   */
  record Role(boolean first, boolean last, boolean learns) {}

  /** The role of step {@code step}, from 0, of {@code steps}. */
  Role role(int step, int steps);

  /** What the lesson of a step is given at each run, by the names of its inputs. */
  Map<String, Array> inputs(int step, int steps);

  /**
   * A step that was taken.
   *
   * @param observed what the model observed of the context in the step's landscape
   */
  record StepInputs(
      EnergyFunction energy,
      NamedTensors observed,
      Tensor landscape,
      ThinkingStep.StepOutput thought) {}

  /**
   * What a step adds to the loss, and its measures: those that several steps have are the last
   * one's. Of a first step that does not learn only the measures count.
   */
  Objective.ObjectiveOutput output(Objective.ObjectiveInputs task, Role role, StepInputs taken);
}
