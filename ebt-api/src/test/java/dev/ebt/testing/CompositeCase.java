package dev.ebt.testing;

import static dev.ebt.testing.TestArrays.mixed;

import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.List;

/**
 * A small energy similar to those of the models: RMS norm, attention, SwiGLU, one energy per row.
 */
public final class CompositeCase {
  private static final int ROWS = 2;
  private static final int LENGTH = 3;
  private static final int WIDTH = 4;

  private CompositeCase() {}

  /**
   * Returns the energy as a function of candidate [2, 3, 4], scale [4], wq, wk, wv [4, 4], gate, up
   * [4, 6], down [6, 1].
   */
  public static PrimitiveCase energy() {
    return new PrimitiveCase(
        "energy",
        List.of(
            mixed(1, ROWS, LENGTH, WIDTH),
            mixed(2, WIDTH),
            mixed(3, WIDTH, WIDTH),
            mixed(4, WIDTH, WIDTH),
            mixed(5, WIDTH, WIDTH),
            mixed(6, WIDTH, 6),
            mixed(7, WIDTH, 6),
            mixed(8, 6, 1)),
        CompositeCase::energy);
  }

  /** Computes one energy per row and position: [2, 3]. */
  private static Tensor energy(List<Tensor> xs) {
    Tensor x = xs.get(0);
    Tensor normal = normalized(x).times(xs.get(1));
    Tensor attended =
        attention(normal.dot(xs.get(2)), normal.dot(xs.get(3)), normal.dot(xs.get(4)));
    Tensor y = normalized(x.plus(attended));
    Tensor gate = y.dot(xs.get(5));
    Tensor hidden = gate.times(Functions.sigmoid(gate)).times(y.dot(xs.get(6)));
    return hidden.dot(xs.get(7)).reshape(ROWS, LENGTH);
  }

  private static Tensor normalized(Tensor x) {
    return x.times(Functions.rsqrt(x.square().meanKeeping(-1).plus(1e-5)));
  }

  /** Computes softmax(q kᵀ / √d, past and self only) v with two heads. */
  private static Tensor attention(Tensor q, Tensor k, Tensor v) {
    Tensor scores = Functions.matMul(heads(q), false, heads(k), true).times(Math.sqrt(0.5));
    Tensor position = Tensor.range(LENGTH);
    Tensor past = position.reshape(LENGTH, 1).greaterOrEqual(position.reshape(1, LENGTH));
    Tensor masked = Functions.select(past, scores, Tensor.constant(-1e9));
    return Functions.matMul(Functions.softmax(masked), heads(v))
        .transpose(0, 2, 1, 3)
        .reshape(Shape.of(ROWS, LENGTH, WIDTH));
  }

  private static Tensor heads(Tensor x) {
    return x.reshape(ROWS, LENGTH, 2, WIDTH / 2).transpose(0, 2, 1, 3);
  }
}
