package dev.ebt.nn;

import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Linear maps x Wᵀ along the last axis, with the weight stored as [out, in]. */
public final class Linear {
  private Linear() {}

  /** Applies a linear map to a norm: [..., in] → [..., out]; the weight is {@code name.weight}. */
  public static Tensor apply(FoldedNorm x, String name, int out, Parameters parameters) {
    return apply(x, name, out, Initializer.xavierNormal(), parameters);
  }

  /** Applies a linear map to a norm, with the given initializer of the weight. */
  public static Tensor apply(
      FoldedNorm x, String name, int out, Initializer initializer, Parameters parameters) {
    return x.linear(parameters.weight(name + ".weight", Shape.of(out, x.width()), initializer));
  }

  /**
   * Applies a linear map with gated outputs: g ⊙ xWᵀ = x(W ⊙ gᵀ)ᵀ, where g is folded into the
   * weight unless x is smaller than the weight.
   *
   * @param gate g, [out] or [1, out]; 1 if null
   */
  public static Tensor gated(
      Tensor x, String name, int out, @Nullable Tensor gate, Parameters parameters) {
    Tensor weight = weight(name, out, x.shape().size(-1), parameters);
    if (gate == null) {
      return apply(x, weight);
    }
    return x.shape().elements() < weight.shape().elements()
        ? apply(x, weight).times(gate.reshape(out))
        : apply(x, weight.times(gate.reshape(out, 1)));
  }

  /**
   * Applies a linear map with a bias and gated outputs: g ⊙ (xWᵀ + b).
   *
   * @param gate g, [rows, out], or [1, out] for all rows, where it is folded into the weight
   * @param x [rows, positions, in]
   */
  public static Tensor gated(Tensor gate, Tensor x, Tensor weight, Tensor bias) {
    int rows = gate.shape().size(0);
    int out = gate.shape().size(1);
    return rows == 1
        ? apply(x, weight.times(gate.reshape(out, 1))).plus(bias.times(gate))
        : apply(x, weight).plus(bias).times(gate.reshape(rows, 1, out));
  }

  /**
   * Applies a linear map, [..., in] → [..., out]; the weight is {@code name.weight}, initialized
   * Xavier-normal.
   */
  public static Tensor apply(Tensor x, String name, int out, Parameters parameters) {
    return apply(x, weight(name, out, x.shape().size(-1), parameters));
  }

  /** Applies a linear map with a weight [out, in]: [..., in] → [..., out]. */
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
