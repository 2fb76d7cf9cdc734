package dev.ebt.nn;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;

/**
 * Rotary position embedding (Su et al., "RoFormer", 2021): each pair (2k, 2k+1) of a query or key
 * is rotated by the angle position · 10000^(−2k/H), so that inner products depend on distances
 * only.
 *
 * <p>The rotation is x ⊙ cos + (xR) ⊙ sin, where R swaps the members of every pair and negates one:
 * a product with a small constant matrix, so that its derivatives have the same form. For a single
 * position it is a product with one matrix, which is common to all layers.
 */
public final class Rotary {
  private static final double BASE = 10000;

  private final Tensor cosines;
  private final Tensor sines;
  private final Tensor swap;

  private Rotary(Tensor cosines, Tensor sines, Tensor swap) {
    this.cosines = cosines;
    this.sines = sines;
    this.swap = swap;
  }

  /**
   * Returns the rotations for the given positions.
   *
   * @param positions whole numbers [count] or [rows, 1, count], each below {@code limit}
   * @param size of a head, even
   */
  public static Rotary at(Tensor positions, int limit, int size) {
    double[] cosines = new double[limit * size];
    double[] sines = new double[limit * size];
    for (int position = 0; position < limit; position++) {
      for (int i = 0; i < size; i++) {
        double angle = position * Math.pow(BASE, -(double) (i - i % 2) / size);
        cosines[position * size + i] = Math.cos(angle);
        sines[position * size + i] = Math.sin(angle);
      }
    }
    Shape table = Shape.of(limit, size);
    return new Rotary(
        Functions.gather(Tensor.constant(Array.of(table, cosines)), positions),
        Functions.gather(Tensor.constant(Array.of(table, sines)), positions),
        Tensor.constant(swap(size)));
  }

  /** Returns R with (xR)₂ₖ = −x₂ₖ₊₁ and (xR)₂ₖ₊₁ = x₂ₖ. */
  private static Array swap(int size) {
    double[] swap = new double[size * size];
    for (int k = 0; k < size; k += 2) {
      swap[(k + 1) * size + k] = -1;
      swap[k * size + k + 1] = 1;
    }
    return Array.of(Shape.of(size, size), swap);
  }

  /** Rotates keys [rows, heads, count, size], one rotation per position. */
  public Tensor turn(Tensor x) {
    return single() ? x.dot(matrix()) : x.times(cosines).plus(x.dot(swap).times(sines));
  }

  private boolean single() {
    int size = swap.shape().size(0);
    return cosines.shape().elements() == size;
  }

  /** Returns the rotation by the only position as a matrix: one product in place of five. */
  private Tensor matrix() {
    int size = swap.shape().size(0);
    double[] diagonal = new double[size * size];
    for (int i = 0; i < size; i++) {
      diagonal[i * size + i] = 1;
    }
    return Tensor.constant(Array.of(swap.shape(), diagonal))
        .times(cosines.reshape(size))
        .plus(swap.times(sines.reshape(size)));
  }

  /**
   * Rotates queries and divides them by √H, as attention requires; the factor is part of the
   * tables.
   */
  public Tensor turnScaled(Tensor x) {
    double scale = 1 / Math.sqrt(x.shape().size(-1));
    return new Rotary(cosines.times(scale), sines.times(scale), swap).turn(x);
  }
}
