package dev.ebt.think;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.ShapeException;
import java.util.Arrays;

/**
 * The seeds of a thinking session: one for each position, or one in common for programs without
 * selected positions.
 */
final class SessionSeeds {
  private final int rows;
  private final int positions;
  private long[] seeds = {};

  /** Creates the seeds of a session; 0 positions for one in common. */
  SessionSeeds(int rows, int positions) {
    this.rows = rows;
    this.positions = positions;
  }

  /** Sets all seeds from one. */
  void set(long seed) {
    seeds = new long[Math.max(1, rows * positions)];
    Arrays.setAll(seeds, i -> SelfVerification.seed(seed, i));
  }

  /** Sets the seed of each position, [rows, positions]. */
  void set(Array each) {
    Shape expected = Shape.of(rows, positions);
    if (!each.shape().equals(expected)) {
      throw new ShapeException(
          "seeds", "one for each position, " + expected + ", expected, found " + each.shape());
    }
    seeds = each.longs().clone();
  }

  /**
   * Returns the random keys (seed, number).
   *
   * @param number 0 for initial candidates, n for step n
   * @return [rows, positions, 2], or [2]
   */
  Array key(long number) {
    long[] keys = new long[2 * seeds.length];
    for (int i = 0; i < seeds.length; i++) {
      keys[2 * i] = seeds[i];
      keys[2 * i + 1] = number;
    }
    return Array.of(positions > 0 ? Shape.of(rows, positions, 2) : Shape.of(2), keys);
  }
}
