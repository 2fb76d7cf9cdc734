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
   * Computes {@code pieces} vectors, joined: [rows, pieces · width].
   *
   * @param active silu(c), [rows, width]; one row if it is the same for all rows
   * @param initializer of the weight {@code adaLN_modulation.1.weight} and its bias
   */
  public static Tensor of(
      Tensor active, int pieces, Initializer initializer, Parameters parameters) {
    int width = active.shape().size(1);
    int out = pieces * width;
    Parameters map = parameters.in("adaLN_modulation.1");
    Tensor weight = map.weight("weight", Shape.of(out, width), initializer);
    return Linear.apply(active, weight).plus(map.undecayed("bias", Shape.of(out), initializer));
  }

  /** Returns one of the joined vectors, [rows, width]. */
  public static Tensor piece(Tensor joined, int index, int width) {
    return joined.slice(1, index * width, width);
  }

  /** Computes {@code pieces} vectors, [1, width] each, from a condition [width]. */
  public static List<Tensor> pieces(
      Tensor condition, int pieces, Initializer initializer, Parameters parameters) {
    int width = condition.shape().size(0);
    Tensor active = Activation.SILU.apply(condition).reshape(1, width);
    Tensor joined = of(active, pieces, initializer, parameters);
    List<Tensor> cut = new ArrayList<>();
    for (int i = 0; i < pieces; i++) {
      cut.add(piece(joined, i, width));
    }
    return cut;
  }
}
