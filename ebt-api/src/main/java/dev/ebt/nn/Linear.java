package dev.ebt.nn;

import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;

/** x Wᵀ along the last axis, with a weight stored [out, in]. */
public final class Linear {
  private Linear() {}

  /** A linear map of a norm: [..., in] → [..., out]; the weight is {@code name.weight}. */
  public static Tensor apply(RmsNorm x, String name, int out, Parameters parameters) {
    int in = x.normal().shape().size(-1);
    Tensor weight =
        parameters.weight(name + ".weight", Shape.of(out, in), Initializer.xavierNormal());
    return apply(x.normal(), weight.times(x.gain()));
  }

  /** [..., in] → [..., out]; the weight is {@code name.weight}, Xavier-normal at first. */
  public static Tensor apply(Tensor x, String name, int out, Parameters parameters) {
    Tensor weight =
        parameters.weight(
            name + ".weight", Shape.of(out, x.shape().size(-1)), Initializer.xavierNormal());
    return apply(x, weight);
  }

  /** [..., in] → [..., out] with a weight [out, in]. */
  public static Tensor apply(Tensor x, Tensor weight) {
    int in = x.shape().size(-1);
    Tensor rows = x.reshape(x.shape().elements() / in, in);
    return Functions.matMul(rows, false, weight, true)
        .reshape(x.shape().with(-1, weight.shape().size(0)));
  }
}
