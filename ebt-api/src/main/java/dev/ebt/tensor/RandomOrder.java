package dev.ebt.tensor;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Permutations of indices, all equally likely. */
public final class RandomOrder {
  private RandomOrder() {}

  /** Returns the numbers from 0 to {@code count} − 1 by the Fisher–Yates shuffle. */
  public static int[] of(int count, RandomGenerator random) {
    int[] order = new int[count];
    Arrays.setAll(order, i -> i);
    for (int i = count - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int moved = order[i];
      order[i] = order[other];
      order[other] = moved;
    }
    return order;
  }
}
