package dev.ebt.tensor;

import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * The random streams of a seed that host code draws from: disjoint ranges of numbers, so that no
 * two purposes share random numbers. Streams of a purpose are numbered by an offset, such as the
 * number of an epoch.
 *
 * <p>Tensors draw by a key (seed, step) and the number of a site instead, see {@link Philox}; data
 * sources by a key of their own seed and site.
 */
public enum RandomStream {
  /** The order of the rows, by epoch. */
  SHUFFLE(0, 0, (1L << 39) - 1),
  /** The initial value of a parameter, by the hash of its name. */
  PARAMETER(1L << 40, Integer.MIN_VALUE, Integer.MAX_VALUE),
  /** The step plan of a training step, by its number. */
  STEP_PLAN(1L << 41, 0, (1L << 41) - 1),
  /** The seed of a further candidate in self-verification, by its number. */
  CANDIDATE(1L << 42, 0, (1L << 16) - 1),
  /** The rows drawn from replay buffers, by step · 2¹⁶ + batch for steps from 1. */
  REPLAY(1L << 42, 1L << 16, (1L << 62) - 1);

  private final long origin;
  private final long least;
  private final long greatest;

  RandomStream(long origin, long least, long greatest) {
    this.origin = origin;
    this.least = least;
    this.greatest = greatest;
  }

  /** Returns the number of the first stream. */
  long first() {
    return origin + least;
  }

  /** Returns the number of the last stream. */
  long last() {
    return origin + greatest;
  }

  /** Returns the greatest offset. */
  public long greatestOffset() {
    return greatest;
  }

  /**
   * Returns a generator whose numbers are a function of the seed, the purpose and the offset.
   *
   * @throws IllegalArgumentException if the offset is out of the range of this purpose
   */
  public RandomGenerator generator(long seed, long offset) {
    if (offset < least || offset > greatest) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "random stream %s has offsets from %d to %d, not %d",
              this,
              least,
              greatest,
              offset));
    }
    return Philox.generator(seed, origin + offset);
  }
}
