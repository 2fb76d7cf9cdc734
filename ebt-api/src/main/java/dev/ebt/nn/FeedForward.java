package dev.ebt.nn;

import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Tensor;

/** W₂(silu(W₁x) ⊙ W₃x), the gated unit of Shazeer ("GLU variants improve Transformer", 2020). */
public final class FeedForward {
  private FeedForward() {}

  /** [..., width] → [..., width] through {@code hidden} units; weights w1, w2 and w3. */
  public static Tensor apply(RmsNorm x, int hidden, Parameters parameters) {
    Tensor gate = Linear.apply(x, "w1", hidden, parameters);
    Tensor value = Linear.apply(x, "w3", hidden, parameters);
    Tensor active = gate.times(Functions.sigmoid(gate)).times(value);
    return Linear.apply(active, "w2", x.normal().shape().size(-1), parameters);
  }
}
