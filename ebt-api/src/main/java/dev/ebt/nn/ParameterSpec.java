package dev.ebt.nn;

import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Variable;

/**
 * The specification of a trainable parameter: its name, shape, initial values and training traits.
 *
 * @param name unique in the model, dotted, as in checkpoints
 * @param traits how training treats it
 */
public record ParameterSpec(String name, Shape shape, Initializer initializer, Traits traits) {

  /** Returns the variable that holds the parameter on a backend. */
  public Variable variable() {
    return Variable.real(name, shape);
  }

  /**
   * The training settings of a parameter.
   *
   * @param rate factor on the learning rate; 0 freezes the parameter
   * @param decayed whether weight decay applies
   * @param low lower bound of every element after an update
   * @param high upper bound of every element after an update
   * @param late whether it is frozen until the warm-up of learning rates is over; the optimizer
   *     already receives its gradients before
   */
  public record Traits(double rate, boolean decayed, double low, double high, boolean late) {
    /** An ordinary weight: decayed, unbounded, at the common rate. */
    public static final Traits WEIGHT =
        new Traits(1, true, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false);

    /** A frozen parameter. */
    public static final Traits FROZEN = WEIGHT.withRate(0);

    /** Returns a copy with another learning rate factor. */
    public Traits withRate(double factor) {
      return new Traits(factor, decayed, low, high, late);
    }

    /** Returns a copy without weight decay. */
    public Traits undecayed() {
      return new Traits(rate, false, low, high, late);
    }

    /** Returns a copy with the given bounds. */
    public Traits between(double least, double greatest) {
      return new Traits(rate, decayed, least, greatest, late);
    }

    /** Returns a copy that is trained only after the warm-up. */
    public Traits afterWarmUp() {
      return new Traits(rate, decayed, low, high, true);
    }
  }
}
