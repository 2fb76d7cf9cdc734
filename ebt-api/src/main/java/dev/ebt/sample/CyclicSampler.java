package dev.ebt.sample;

import dev.ebt.optimize.Optimizer;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Tensor;

/**
 * A sampler, or a search, that makes a sample in a cycle of several thinking steps: it proposes
 * points, whose energies later steps have, and settles at one of them in the last step of a cycle.
 */
interface CyclicSampler extends Optimizer {
  /** The slot of the number of the step in its cycle. */
  Slot PHASE = new Slot("phase", Extent.SCALAR, 0);

  /** Returns the number of steps of a cycle. */
  @Override
  int stepsPerSample();

  @Override
  default boolean isRandom() {
    return true;
  }

  @Override
  default boolean comparesEnergies() {
    return true;
  }

  /** Returns the place of a step in its cycle. */
  default Phase phase(Inputs inputs) {
    return new Phase(inputs.slot(PHASE.name()), stepsPerSample());
  }

  /**
   * The place of a step in its cycle.
   *
   * @param number from 0, a scalar
   * @param steps those of a cycle
   */
  record Phase(Tensor number, int steps) {
    /** Returns whether it is the first step. */
    Tensor isFirst() {
      return number.less(Tensor.constant(0.5));
    }

    /** Returns whether it is the last step. */
    Tensor isLast() {
      return number.greaterOrEqual(Tensor.constant(steps - 1.5));
    }

    /** Returns the number of the next step in its cycle. */
    Tensor next() {
      return Functions.select(isLast(), Tensor.constant(0), number.plus(1));
    }
  }
}
