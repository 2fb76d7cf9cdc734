package dev.ebt.optimize;

import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * How a value moves, given its gradient. One idea at two levels: candidates move downhill in energy
 * while thinking, parameters downhill in loss while learning. Any optimizer serves either.
 */
public interface Optimizer {
  /** Names of what it remembers of a value; each slot has the value's shape and begins at 0. */
  List<String> slots();

  /** The value after one step, and what is remembered then. */
  Move move(Situation situation);

  /**
   * What a step is computed from.
   *
   * @param value the value before the step
   * @param gradient of what is to become small, shape of the value
   * @param slots what is remembered, by slot name
   * @param stepSize learning rate or α; broadcasts to the value's shape
   * @param step how many steps this one makes, from 1; a real scalar
   * @param decayed whether weight decay applies
   */
  record Situation(
      Tensor value,
      Tensor gradient,
      Map<String, Tensor> slots,
      Tensor stepSize,
      Tensor step,
      boolean decayed) {}

  /** The value after the step, and every slot. */
  record Move(Tensor value, Map<String, Tensor> slots) {}
}
