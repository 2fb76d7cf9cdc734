package dev.ebt.think;

import dev.ebt.optimize.Optimizer;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A candidate between two steps.
 *
 * @param candidate [rows, candidate...]
 * @param slots what the optimizer keeps of it, by name
 * @param steps how many steps were taken, a real scalar
 */
public record CandidateState(Tensor candidate, Map<String, Tensor> slots, Tensor steps) {
  /** Keeps the map unmodifiable. */
  public CandidateState {
    slots = Map.copyOf(slots);
  }

  /**
   * Returns a candidate before its first step.
   *
   * @param leading how many of its axes count rows and predictions
   */
  public static CandidateState initial(Optimizer optimizer, Tensor candidate, int leading) {
    Map<String, Tensor> slots = new LinkedHashMap<>();
    for (Optimizer.Slot slot : optimizer.slots()) {
      slots.put(slot.name(), Tensor.filled(slot.shape(candidate.shape(), leading), slot.initial()));
    }
    return new CandidateState(candidate, slots, Tensor.constant(0));
  }

  /** Returns the same with another candidate. */
  public CandidateState with(Tensor other) {
    return new CandidateState(other, slots, steps);
  }

  /** Returns the same as constants, through which no derivative passes. */
  public CandidateState detached() {
    Map<String, Tensor> constants = new LinkedHashMap<>(slots);
    constants.replaceAll((name, slot) -> Functions.stopGradient(slot));
    return new CandidateState(Functions.stopGradient(candidate), constants, steps);
  }
}
