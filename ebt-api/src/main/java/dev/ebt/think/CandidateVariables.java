package dev.ebt.think;

import dev.ebt.optimize.Optimizer;
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
 * The variables that hold a {@link CandidateState} on the device, from one program to the next. The
 * host counts the steps and gives their number to each program.
 *
 * @param candidate [rows, candidate...]
 * @param slots what the optimizer keeps of it, by name
 */
public record CandidateVariables(Variable candidate, Map<String, Variable> slots) {
  /** The program input that says how many steps were taken. */
  public static final String STEPS = "stepsTaken";

  /** Keeps the map unmodifiable. */
  public CandidateVariables {
    slots = Map.copyOf(slots);
  }

  /**
   * Returns variables for candidates of this shape.
   *
   * @param prefix of their names
   * @param leading how many axes of the shape count rows and predictions
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

  /** Returns the state as it is when a program runs. */
  public CandidateState read() {
    Map<String, Tensor> values = new LinkedHashMap<>();
    slots.forEach((name, slot) -> values.put(name, slot.read()));
    return new CandidateState(
        candidate.read(), values, Tensor.input(STEPS, Shape.scalar(), ElementType.REAL));
  }

  /** Lets a program leave this state behind. */
  public Program.Builder update(Program.Builder program, CandidateState state) {
    program.update(candidate, state.candidate());
    state.slots().forEach((name, value) -> program.update(slots.get(name), value));
    return program;
  }

  /** Returns all of them. */
  public List<Variable> all() {
    List<Variable> all = new ArrayList<>(slots.values());
    all.add(candidate);
    return all;
  }
}
