package dev.ebt.nn;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;

/**
 * The embedding of diffusion time steps (Peebles and Xie, 2023): cos(t·f) followed by sin(t·f) for
 * the 128 frequencies f = 10000^(−k/128), through two linear maps with a silu between them.
 */
public final class TimeEmbedding {
  private static final int FREQUENCIES = 128;
  private static final double BASE = 10000;
  private static final double DEVIATION = 0.02;

  private TimeEmbedding() {}

  /**
   * Returns the embeddings, [rows, width]; the parameters are {@code mlp.0} and {@code mlp.2}.
   *
   * @param times whole numbers [rows]
   */
  public static Tensor apply(Tensor times, int width, Parameters parameters) {
    double[] frequencies = new double[FREQUENCIES];
    for (int k = 0; k < FREQUENCIES; k++) {
      frequencies[k] = Math.pow(BASE, -(double) k / FREQUENCIES);
    }
    int rows = times.shape().size(0);
    Tensor angles =
        Functions.real(times)
            .reshape(rows, 1)
            .times(Tensor.constant(Array.of(Shape.of(1, FREQUENCIES), frequencies)));
    Tensor waves = Functions.concat(1, Functions.cosine(angles), Functions.sine(angles));
    Tensor hidden = Activation.SILU.apply(linear(waves, "mlp.0", width, parameters));
    return linear(hidden, "mlp.2", width, parameters);
  }

  private static Tensor linear(Tensor x, String name, int out, Parameters parameters) {
    Shape shape = Shape.of(out, x.shape().size(1));
    Tensor weight = parameters.weight(name + ".weight", shape, Initializer.normal(DEVIATION));
    return Linear.apply(x, weight)
        .plus(parameters.undecayed(name + ".bias", Shape.of(out), Initializer.constant(0)));
  }
}
