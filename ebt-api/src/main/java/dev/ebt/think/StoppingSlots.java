package dev.ebt.think;

import dev.ebt.error.Required;
import dev.ebt.stop.StoppingRule;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The variables that hold the state of a stopping rule on the device between steps.
 *
 * @param slots the slots of the rule
 * @param variables one per slot, by its name, each [rows, predictions...]
 */
record StoppingSlots(List<StoppingRule.Slot> slots, Map<String, Variable> variables) {
  /** Returns variables for the slots of a rule; none without a rule. */
  static StoppingSlots of(@Nullable StoppingRule rule, Shape predictions) {
    List<StoppingRule.Slot> slots = rule == null ? List.of() : rule.slots();
    Map<String, Variable> variables = new LinkedHashMap<>();
    for (StoppingRule.Slot slot : slots) {
      Variable variable = Variable.real("stop." + slot.name(), predictions);
      if (variables.put(slot.name(), variable) != null) {
        throw new IllegalArgumentException(
            "two slots of a stopping rule are named '" + slot.name() + "'");
      }
    }
    return new StoppingSlots(slots, variables);
  }

  /** Returns the state at the time a program runs, by slot name. */
  Map<String, Tensor> read() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    variables.forEach((name, variable) -> state.put(name, variable.read()));
    return state;
  }

  /** Makes a program set the state before the first step. */
  void begin(Program.Builder program) {
    for (StoppingRule.Slot slot : slots) {
      Variable variable = Required.of(variables, slot.name());
      program.update(variable, Tensor.filled(variable.shape(), slot.initial()));
    }
  }

  /** Makes a program store the state after a step. */
  void update(Program.Builder program, Map<String, Tensor> state) {
    if (!state.keySet().equals(variables.keySet())) {
      throw new IllegalArgumentException(
          "nextSlots() of the stopping rule returned "
              + state.keySet()
              + "; the slots "
              + variables.keySet()
              + " expected");
    }
    variables.forEach((name, variable) -> program.update(variable, Required.of(state, name)));
  }
}
