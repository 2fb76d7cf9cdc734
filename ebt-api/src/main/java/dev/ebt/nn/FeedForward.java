package dev.ebt.nn;

import dev.ebt.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The gated feed-forward layer W₂(f(W₁x) ⊙ W₃x) of Shazeer ("GLU variants improve Transformer",
 * 2020).
 */
public final class FeedForward {
  private FeedForward() {}

  /**
   * Applies the layer with {@code hidden} units and weights w1, w2 and w3: [..., width] → [...,
   * width].
   *
   * @param gate factors on the result, [width]; 1 if null
   */
  public static Tensor apply(
      FoldedNorm x,
      int hidden,
      Activation activation,
      @Nullable Tensor gate,
      Parameters parameters) {
    Tensor bent = activation.apply(Linear.apply(x, "w1", hidden, parameters));
    Tensor value = Linear.apply(x, "w3", hidden, parameters);
    return Linear.gated(bent.times(value), "w2", x.width(), gate, parameters);
  }
}
