package dev.ebt.regularize;

import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;

/**
 * The context of a regularizer's hook call.
 *
 * @param step the thinking step, from 0; 0 for hooks that are called once. In loops of any number
 *     of steps, in evaluation and in training with many steps, 1 for every step after the first
 * @param predictions the shape of the energies, [rows, predictions...]
 * @param key the random key of this training step
 * @param number the number of this call, unique among all that draw with the same key
 * @param parameters the trainable parameters of the regularizer
 */
public record HookContext(
    int step, Shape predictions, Tensor key, long number, Parameters parameters) {
  /** Returns standard normal random numbers of this call. */
  public Tensor normal(Shape shape) {
    return Functions.randomNormal(key, number, shape);
  }

  /** Returns random numbers of this call, uniform in [0, 1). */
  public Tensor uniform(Shape shape) {
    return Functions.randomUniform(key, number, shape);
  }
}
