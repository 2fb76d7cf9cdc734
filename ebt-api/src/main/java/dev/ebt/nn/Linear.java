package dev.ebt.nn;

import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** x Wᵀ along the last axis, with a weight stored [out, in]. */
public final class Linear {
  private Linear() {}

  /** A linear map of a norm: [..., in] → [..., out]; the weight is {@code name.weight}. */
  public static Tensor apply(FoldedNorm x, String name, int out, Parameters parameters) {
    return apply(x, name, out, Initializer.xavierNormal(), parameters);
  }

  /** The same with a weight that begins otherwise. */
  public static Tensor apply(
      FoldedNorm x, String name, int out, Initializer initializer, Parameters parameters) {
    return x.linear(parameters.weight(name + ".weight", Shape.of(out, x.width()), initializer));
  }

  /**
   * A linear map whose results a condition scales: g ⊙ xWᵀ = x(W ⊙ gᵀ)ᵀ, g going into the weight.
   *
   * @param gate g, [out]; 1 if null
   */
  public static Tensor gated(
      Tensor x, String name, int out, @Nullable Tensor gate, Parameters parameters) {
    Tensor weight = weight(name, out, x.shape().size(-1), parameters);
    return apply(x, gate == null ? weight : weight.times(gate.reshape(out, 1)));
  }

  /** [..., in] → [..., out]; the weight is {@code name.weight}, Xavier-normal at first. */
  public static Tensor apply(Tensor x, String name, int out, Parameters parameters) {
    return apply(x, weight(name, out, x.shape().size(-1), parameters));
  }

  /** [..., in] → [..., out] with a weight [out, in]. */
  public static Tensor apply(Tensor x, Tensor weight) {
    int in = x.shape().size(-1);
    Tensor rows = x.reshape(x.shape().elements() / in, in);
    return Functions.matMul(rows, false, weight, true)
        .reshape(x.shape().with(-1, weight.shape().size(0)));
  }

  private static Tensor weight(String name, int out, int in, Parameters parameters) {
    return parameters.weight(name + ".weight", Shape.of(out, in), Initializer.xavierNormal());
  }
}
