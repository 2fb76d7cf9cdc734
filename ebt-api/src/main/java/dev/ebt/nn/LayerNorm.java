package dev.ebt.nn;

import static dev.ebt.tensor.Functions.rsqrt;

import dev.ebt.tensor.Tensor;

/**
 * Layer norm, (x − mean) / √(variance + ε) along the last axis (Ba, Kiros and Hinton, 2016), with ε
 * = 10⁻⁶ and without gain and bias, which {@link AdaptiveNorm} adds.
 */
public final class LayerNorm {
  private static final double EPSILON = 1e-6;

  private LayerNorm() {}

  /** Returns the norm of x, in the same shape. */
  public static Tensor apply(Tensor x) {
    Tensor centred = x.minus(x.meanKeeping(-1));
    return centred.times(rsqrt(centred.square().meanKeeping(-1).plus(EPSILON)));
  }
}
