package dev.ebt.nn;

import static dev.ebt.tensor.Functions.reciprocalRoot;

import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;

/** x / √(mean(x²) + ε) ⊙ w along the last axis (Zhang and Sennrich, 2019), with ε = 10⁻⁵. */
public final class RmsNorm {
  private static final double EPSILON = 1e-5;

  private RmsNorm() {}

  /** Same shape as x; the gain is {@code name.weight}, at first 1. */
  public static Tensor apply(Tensor x, String name, Parameters parameters) {
    Tensor gain =
        parameters.weight(name + ".weight", Shape.of(x.shape().size(-1)), Initializer.constant(1));
    return x.times(reciprocalRoot(x.square().meanKeeping(-1).plus(EPSILON))).times(gain);
  }
}
