package dev.ebt.nn;

import static dev.ebt.tensor.Functions.reciprocalRoot;

import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;

/**
 * x / √(mean(x²) + ε) ⊙ w along the last axis (Zhang and Sennrich, 2019), with ε = 10⁻⁵.
 *
 * <p>Always followed by linear maps, so the gain w goes into their weights, (n ⊙ w)Vᵀ = n(V ⊙ w)ᵀ:
 * a product with a matrix instead of one with every element of the stream, forward and in every
 * derivative.
 *
 * @param normal x / √(mean(x²) + ε), shape of x
 * @param gain w, of the size of the last axis
 */
public record RmsNorm(Tensor normal, Tensor gain) {
  private static final double EPSILON = 1e-5;

  /** The norm of x; the gain is {@code name.weight}, at first 1. */
  public static RmsNorm of(Tensor x, String name, Parameters parameters) {
    Tensor gain =
        parameters.weight(name + ".weight", Shape.of(x.shape().size(-1)), Initializer.constant(1));
    Tensor root = reciprocalRoot(x.square().meanKeeping(-1).plus(EPSILON));
    return new RmsNorm(x.times(root), gain);
  }
}
