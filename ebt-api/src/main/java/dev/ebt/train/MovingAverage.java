package dev.ebt.train;

import static dev.ebt.tensor.Functions.minimum;
import static dev.ebt.tensor.Functions.select;

import dev.ebt.nn.ParameterSpec;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;

/**
 * The exponential moving average (EMA) of parameters after update t, from 1:
 *
 * <pre>
 * average ← d average + (1 − d) parameter
 * d = 0 at t = 1, then min(decay, t / (9 + t))
 * </pre>
 *
 * <p>The decay rises from 0, so that the average does not remember the initial values.
 *
 * @param decay the decay of a long training, such as 0.999: about 1,000 updates are averaged
 */
record MovingAverage(double decay) {
  /** The beginning of the names of averages, in checkpoints too. */
  private static final String PREFIX = "average.";

  private static final int WARM_UP = 9;

  /** Returns the variable that holds the average of a parameter. */
  static Variable variable(ParameterSpec spec) {
    return Variable.real(PREFIX + spec.name(), spec.shape());
  }

  /**
   * Returns the average after an update.
   *
   * @param updated the parameter after the update
   * @param step t, a real scalar
   */
  Tensor after(ParameterSpec spec, Tensor updated, Tensor step) {
    Tensor warm = minimum(Tensor.constant(decay), step.divide(step.plus(WARM_UP)));
    Tensor d = select(step.less(Tensor.constant(1.5)), Tensor.constant(0), warm);
    Tensor before = variable(spec).read();
    return before.plus(updated.minus(before).times(d.negate().plus(1)));
  }
}
