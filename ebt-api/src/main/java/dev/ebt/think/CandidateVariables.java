package dev.ebt.think;

import dev.ebt.error.Required;
import dev.ebt.optimize.Optimizer;
import dev.ebt.step.CandidateState;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The variables that hold a {@link CandidateState} on the device between programs. The host counts
 * the steps and passes their number to each program.
 *
 * @param candidate [rows, candidate...]
 * @param slots the optimizer's slots for it, by name
 */
public record CandidateVariables(Variable candidate, Map<String, Variable> slots) {
  /** The program input for the number of steps taken. */
  public static final String STEPS = "stepsTaken";

  /** Makes an unmodifiable copy of the map. */
  public CandidateVariables {
    slots = Map.copyOf(slots);
  }

  /**
   * Returns variables for candidates of the given shape.
   *
   * @param prefix prefix of the variables' names
   * @param leading number of leading axes for rows and predictions
   */
  public static CandidateVariables of(
      String prefix, Optimizer optimizer, Shape shape, int leading) {
    Map<String, Variable> slots = new LinkedHashMap<>();
    for (Optimizer.Slot slot : optimizer.slots()) {
      slots.put(
          slot.name(), Variable.real(prefix + "slot." + slot.name(), slot.shape(shape, leading)));
    }
    return new CandidateVariables(Variable.real(prefix + "candidate", shape), slots);
  }

  /** Returns the state at the time a program runs. */
  public CandidateState read() {
    Map<String, Tensor> values = new LinkedHashMap<>();
    slots.forEach((name, slot) -> values.put(name, slot.read()));
    return new CandidateState(
        candidate.read(), values, Tensor.input(STEPS, Shape.scalar(), ElementType.REAL));
  }

  /** Makes a program store the given state in these variables. */
  public Program.Builder update(Program.Builder program, CandidateState state) {
    program.update(candidate, state.candidate());
    state.slots().forEach((name, value) -> program.update(Required.of(slots, name), value));
    return program;
  }

  /** Returns all variables. */
  public List<Variable> all() {
    List<Variable> all = new ArrayList<>(slots.values());
    all.add(candidate);
    return all;
  }
}
