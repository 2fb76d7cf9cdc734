package dev.ebt.step;

import dev.ebt.optimize.Optimizer;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The state of a candidate between two steps.
 *
 * @param candidate [rows, candidate...]
 * @param slots the optimizer's slots for it, by name
 * @param steps number of steps taken, a real scalar
 */
public record CandidateState(Tensor candidate, Map<String, Tensor> slots, Tensor steps) {
  /** Makes an unmodifiable copy of the map. */
  public CandidateState {
    slots = Map.copyOf(slots);
  }

  /**
   * Returns the state before the first step.
   *
   * @param leading number of leading axes for rows and predictions
   */
  public static CandidateState initial(Optimizer optimizer, Tensor candidate, int leading) {
    Map<String, Tensor> slots = new LinkedHashMap<>();
    for (Optimizer.Slot slot : optimizer.slots()) {
      slots.put(slot.name(), Tensor.filled(slot.shape(candidate.shape(), leading), slot.initial()));
    }
    return new CandidateState(candidate, slots, Tensor.constant(0));
  }

  /** Returns this state with another candidate. */
  public CandidateState with(Tensor other) {
    return new CandidateState(other, slots, steps);
  }

  /** Returns this state as constants, through which no gradient passes. */
  public CandidateState detached() {
    Map<String, Tensor> constants = new LinkedHashMap<>(slots);
    constants.replaceAll((name, slot) -> Functions.stopGradient(slot));
    return new CandidateState(Functions.stopGradient(candidate), constants, steps);
  }
}
