package dev.ebt.regularize;

import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;

/**
 * Where in a thinking a regularizer is called.
 *
 * @param step the thinking step, from 0; 0 for what happens once. Where steps go on for as long as
 *     one likes, in evaluation and in the training of many steps, 1 for every step after the first
 * @param predictions shape of the energies, [rows, predictions...]
 * @param key random key of this training step
 * @param number tells this call apart from all others that draw with the same key
 * @param parameters for what the regularizer learns
 */
public record HookContext(
    int step, Shape predictions, Tensor key, long number, Parameters parameters) {
  /** Standard normal numbers of this call. */
  public Tensor normal(Shape shape) {
    return Functions.randomNormal(key, number, shape);
  }

  /** Numbers uniform in [0, 1) of this call. */
  public Tensor uniform(Shape shape) {
    return Functions.randomUniform(key, number, shape);
  }
}
