package dev.ebt.think;

import static dev.ebt.think.ThinkingPrograms.CANDIDATE;
import static dev.ebt.think.ThinkingPrograms.ENERGY;
import static dev.ebt.think.ThinkingPrograms.SEEDS;

import dev.ebt.backend.Executable;
import dev.ebt.error.Required;
import dev.ebt.predict.StepResult;
import dev.ebt.predict.ThinkingTrace;
import dev.ebt.tensor.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All of thinking about the next element in one program: the last element of each row is observed,
 * the candidates are initialized, and a fixed number of steps is taken. It saves the transfers and
 * starts of a program for each of these, and computes what they have in common once.
 *
 * @param program of all steps
 * @param observation of the session
 */
record ThinkingSequence(
    Executable program, Observation observation, int steps, boolean finalEnergy) {
  /**
   * The result of all steps.
   *
   * @param candidate the final candidates
   */
  record Result(ThinkingTrace trace, Array candidate) {}

  /**
   * Takes all steps.
   *
   * @param control the inputs that select positions
   * @param seeds of the candidates, [rows, positions]
   */
  Result run(Map<String, Array> control, Array seeds) {
    Map<String, Array> inputs = new HashMap<>(control);
    inputs.putAll(observation.lastElement(steps));
    inputs.put(SEEDS, seeds);
    Map<String, Array> outputs = program.run(inputs);
    observation.lastElementObserved(steps);
    List<StepResult> taken = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      Array energy = Required.of(outputs, ENERGY + step);
      taken.add(new StepResult(energy, Array.filled(energy.shape(), 1)));
    }
    Optional<Array> last =
        finalEnergy ? Optional.of(Required.of(outputs, ENERGY + steps)) : Optional.empty();
    return new Result(new ThinkingTrace(taken, last), Required.of(outputs, CANDIDATE));
  }
}
