package dev.ebt.nn;

import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Tensor;

/**
 * The Gaussian error linear unit (Hendrycks and Gimpel, 2016) in its published approximation ½x(1 +
 * tanh u) with u = √(2/π)(x + 0.044715x³), which equals x · sigmoid(2u).
 */
public final class Gelu {
  private static final double SLOPE = 2 * Math.sqrt(2 / Math.PI);
  private static final double CUBIC = 0.044715;

  private Gelu() {}

  /** Applies the function, element by element. */
  public static Tensor apply(Tensor x) {
    Tensor twice = x.times(x.square().times(SLOPE * CUBIC).plus(SLOPE));
    return x.times(Functions.sigmoid(twice));
  }
}
