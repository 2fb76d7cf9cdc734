package dev.ebt.nn;

import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Variable;

/**
 * A learnt value: its name, shape, first values and how it may move.
 *
 * @param name unique in the model, dotted, as in checkpoints
 * @param traits how learning treats it
 */
public record ParameterSpec(String name, Shape shape, Initializer initializer, Traits traits) {

  /** The variable that holds the parameter on a backend. */
  public Variable variable() {
    return Variable.real(name, shape);
  }

  /**
   * How learning treats a parameter.
   *
   * @param rate factor on the learning rate; 0 keeps the parameter as it is
   * @param decayed whether weight decay pulls it to zero
   * @param low least value any element may take after an update
   * @param high greatest value any element may take after an update
   * @param late whether it is kept as it is until the warm-up of learning rates is over; the
   *     optimizer gets to know its gradients before
   */
  public record Traits(double rate, boolean decayed, double low, double high, boolean late) {
    /** An ordinary weight: decayed, unbounded, at the common rate. */
    public static final Traits WEIGHT =
        new Traits(1, true, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false);

    /** Kept as it is. */
    public static final Traits FROZEN = WEIGHT.withRate(0);

    /** The same at another learning rate factor. */
    public Traits withRate(double factor) {
      return new Traits(factor, decayed, low, high, late);
    }

    /** The same without weight decay. */
    public Traits undecayed() {
      return new Traits(rate, false, low, high, late);
    }

    /** The same, kept between bounds. */
    public Traits between(double least, double greatest) {
      return new Traits(rate, decayed, least, greatest, late);
    }

    /** The same, learnt only when the warm-up is over. */
    public Traits afterWarmUp() {
      return new Traits(rate, decayed, low, high, true);
    }
  }
}
