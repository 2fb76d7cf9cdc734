package dev.ebt.optimize;

import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;

/**
 * The random numbers of one step of an optimizer of candidates. Each of its streams is used once.
 *
 * @param key random key, [2] or [rows, ..., 2]
 * @param first the number of the first stream
 */
public record StepNoise(Tensor key, long first) {
  /** The number of streams. */
  public static final int STREAMS = 3;

  /**
   * Returns standard normal numbers.
   *
   * @param stream below {@link #STREAMS}
   */
  public Tensor normal(int stream, Shape shape) {
    return Functions.randomNormal(key, first + checked(stream), shape);
  }

  /**
   * Returns numbers uniform in [0, 1).
   *
   * @param stream below {@link #STREAMS}
   */
  public Tensor uniform(int stream, Shape shape) {
    return Functions.randomUniform(key, first + checked(stream), shape);
  }

  private static int checked(int stream) {
    if (stream < 0 || stream >= STREAMS) {
      throw new IllegalArgumentException("stream " + stream + " of " + STREAMS);
    }
    return stream;
  }
}
