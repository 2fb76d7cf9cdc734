package dev.ebt.think;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.ShapeException;
import java.util.Arrays;

/**
 * The seeds of a thinking session: one for each position; for programs without selected positions
 * one for each row, or one in common.
 */
final class SessionSeeds {
  private final Shape shape;
  private long[] seeds = {};

  /**
   * Creates the seeds of a session.
   *
   * @param shape [rows, positions], [rows], or a scalar for one in common
   */
  SessionSeeds(Shape shape) {
    this.shape = shape;
  }

  /** Sets all seeds from one. */
  void set(long seed) {
    seeds = new long[shape.elements()];
    Arrays.setAll(seeds, i -> SelfVerification.seed(seed, i));
  }

  /** Sets each seed. */
  void set(Array each) {
    if (!each.shape().equals(shape)) {
      throw new ShapeException(
          "seeds", "one for each position, " + shape + ", expected, found " + each.shape());
    }
    seeds = each.longs().clone();
  }

  /**
   * Takes over the seeds of positions, or rows, of another session; the one that all have in
   * common, if there is only one.
   *
   * @param sources indices among all positions there
   * @param targets indices among all positions here
   */
  void take(SessionSeeds from, int[] sources, int[] targets) {
    if (shape.rank() == 0) {
      seeds = from.seeds.clone();
      return;
    }
    seeds = Arrays.copyOf(seeds, shape.elements());
    for (int i = 0; i < sources.length; i++) {
      seeds[targets[i]] = from.seeds[sources[i]];
    }
  }

  /**
   * Returns the random keys (seed, number).
   *
   * @param number 0 for initial candidates, n for step n
   * @return [rows, positions, 2], [rows, 2] or [2]
   */
  Array key(long number) {
    long[] keys = new long[2 * seeds.length];
    for (int i = 0; i < seeds.length; i++) {
      keys[2 * i] = seeds[i];
      keys[2 * i + 1] = number;
    }
    return Array.of(shape.plus(2), keys);
  }
}
