package dev.ebt.nn;

import static dev.ebt.tensor.Functions.exp;
import static dev.ebt.tensor.Functions.maximum;
import static dev.ebt.tensor.Functions.stopGradient;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;

/**
 * Multi-head attention with one masked softmax. All tensors are [rows, heads, positions, head
 * size].
 *
 * <p>Weights are normalized after the product with the values, eˢV / Σeˢ: the result is the same,
 * and the division is over the head size instead of all keys. Queries must already be divided by
 * √(head size).
 */
public final class Attention {
  /** The number added to masked scores: far below any other, yet finite. */
  public static final double MASKED = -1e9;

  private Attention() {}

  /**
   * Computes attention to the keys where the mask is 0, or with a bias of the scores.
   *
   * @param mask [queries, keys], [heads, queries, keys] or [rows, 1, queries, keys]: what is added
   *     to the scores, 0 or {@link #MASKED} for a mask
   */
  public static Tensor toKeys(Tensor queries, Tensor keys, Tensor values, Tensor mask) {
    return weighted(scores(queries, keys).plus(mask), values);
  }

  /** Computes attention to all keys. */
  public static Tensor toAllKeys(Tensor queries, Tensor keys, Tensor values) {
    return weighted(scores(queries, keys), values);
  }

  private static Tensor weighted(Tensor scores, Tensor values) {
    Tensor weights = exp(scores.minus(stopGradient(scores.maxKeeping(-1))));
    return Functions.matMul(weights, values).times(reciprocal(weights.sumKeeping(-1)));
  }

  /**
   * Computes attention of each candidate to the observed keys where the mask is 0 and to itself,
   * but to no other candidate, given its score of itself. A rotation by its position does not
   * change that score, so that candidates' keys need not be rotated.
   *
   * @param ownScores q·k / √(head size) of each candidate, [rows, heads, candidates, 1]
   */
  public static Tensor toKeysAndOwn(
      Tensor queries, Tensor keys, Tensor values, Tensor mask, Tensor ownScores, Tensor ownValues) {
    Tensor scores = scores(queries, keys).plus(mask);
    Tensor largest = stopGradient(maximum(scores.maxKeeping(-1), ownScores));
    Tensor weights = exp(scores.minus(largest));
    Tensor ownWeight = exp(ownScores.minus(largest));
    Tensor total = weights.sumKeeping(-1).plus(ownWeight);
    return Functions.matMul(weights, values)
        .plus(ownWeight.times(ownValues))
        .times(reciprocal(total));
  }

  /**
   * Returns 1/Σ, one number per query: a product with it takes less time than a division of every
   * element, and its derivatives have fewer terms.
   */
  private static Tensor reciprocal(Tensor sum) {
    return Tensor.constant(1).divide(sum);
  }

  /** Returns QKᵀ; the queries are already divided by √H. */
  private static Tensor scores(Tensor queries, Tensor keys) {
    return Functions.matMul(queries, false, keys, true);
  }

  /** Returns the causal mask [length, length]: 0 where key j ≤ query i, else {@link #MASKED}. */
  public static Tensor causalMask(int length) {
    double[] mask = new double[length * length];
    for (int i = 0; i < length; i++) {
      for (int j = i + 1; j < length; j++) {
        mask[i * length + j] = MASKED;
      }
    }
    return Tensor.constant(Array.of(Shape.of(length, length), mask));
  }

  /**
   * Returns the mask of keys up to each position: 0 where key j ≤ position, else {@link #MASKED}.
   *
   * @param positions integers, [queries] or [rows, 1, queries]
   * @return [queries, keys] or [rows, 1, queries, keys]
   */
  public static Tensor pastMask(Tensor positions, int keys) {
    Tensor last = positions.reshape(positions.shape().plus(1));
    Tensor seen = last.greaterOrEqual(Tensor.range(keys));
    return Functions.real(seen).minus(1).times(-MASKED);
  }

  /**
   * Splits the width into heads: [rows, positions, width] → [rows, heads, positions, width /
   * heads].
   */
  public static Tensor split(Tensor x, int heads) {
    int width = x.shape().size(2);
    return x.reshape(x.shape().size(0), x.shape().size(1), heads, width / heads)
        .transpose(0, 2, 1, 3);
  }

  /** Joins the heads: the inverse of {@link #split}. */
  public static Tensor join(Tensor x) {
    return x.transpose(0, 2, 1, 3)
        .reshape(x.shape().size(0), x.shape().size(2), x.shape().size(1) * x.shape().size(3));
  }
}
