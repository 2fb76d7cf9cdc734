package dev.ebt.train;

import dev.ebt.tensor.RandomStream;
import java.util.random.RandomGenerator;

/**
 * The order of training rows: every row once per epoch, each epoch in its own order, which is a
 * pure function of (seed, epoch). A position in this order is all the state that a resumed run
 * needs.
 */
public final class EpochShuffle {
  private final int size;
  private final long seed;
  private long epoch = -1;
  private int[] order = {};

  /** Creates an order of {@code size} rows. */
  public EpochShuffle(int size, long seed) {
    this.size = size;
    this.seed = seed;
  }

  /** Returns the rows at {@code count} positions from {@code position} on, across epoch ends. */
  public int[] rows(long position, int count) {
    int[] rows = new int[count];
    for (int i = 0; i < count; i++) {
      rows[i] = row(position + i);
    }
    return rows;
  }

  private int row(long position) {
    if (position / size != epoch) {
      epoch = position / size;
      order = permutation(epoch);
    }
    return order[(int) (position % size)];
  }

  /** Returns the permutation of an epoch, by the Fisher–Yates shuffle. */
  private int[] permutation(long number) {
    RandomGenerator random = RandomStream.SHUFFLE.generator(seed, number);
    int[] rows = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      rows[i] = rows[j];
      rows[j] = i;
    }
    return rows;
  }
}
