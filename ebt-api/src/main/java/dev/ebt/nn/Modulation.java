package dev.ebt.nn;

import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The modulation vectors of a block, computed from a condition c: W·silu(c) + b, split into pieces
 * of the width (Peebles and Xie, "Scalable diffusion models with transformers", 2023).
 */
public final class Modulation {
  private Modulation() {}

  /**
   * Computes {@code pieces} vectors [width] from a condition [width].
   *
   * @param initializer of the weight {@code adaLN_modulation.1.weight} and its bias
   */
  public static List<Tensor> of(
      Tensor condition, int pieces, Initializer initializer, Parameters parameters) {
    int width = condition.shape().size(0);
    int out = pieces * width;
    Parameters map = parameters.in("adaLN_modulation.1");
    Tensor weight = map.weight("weight", Shape.of(out, width), initializer);
    Tensor bias = map.undecayed("bias", Shape.of(out), initializer);
    Tensor row = Activation.SILU.apply(condition).reshape(1, width);
    Tensor all = Linear.apply(row, weight).reshape(out).plus(bias);
    List<Tensor> cut = new ArrayList<>();
    for (int i = 0; i < pieces; i++) {
      cut.add(all.slice(0, i * width, width));
    }
    return cut;
  }

  /** Returns x ⊙ (1 + scale) + shift. */
  public static FoldedNorm modulate(FoldedNorm x, Tensor shift, Tensor scale) {
    return x.times(scale.plus(1)).plus(shift);
  }
}
