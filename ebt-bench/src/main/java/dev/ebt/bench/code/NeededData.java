package dev.ebt.bench.code;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The training data that a model needs for 90 % right answers, from its shares of right answers
 * after training on several sizes of data.
 *
 * @param sizes increasing numbers of training pairs
 */
record NeededData(List<Integer> sizes) {
  /** The share of right answers that is needed. */
  static final double SHARE = 0.9;

  /** Copies the list. */
  NeededData {
    sizes = List.copyOf(sizes);
  }

  /**
   * Returns the binary logarithm of the needed number of pairs: where the line between the shares
   * of the last size below 90 % and the next one reaches it, over the logarithms of sizes. The
   * smallest size is returned if that suffices, and the largest one if none does.
   *
   * @param shares of right answers, one for each size
   */
  double logarithm(double... shares) {
    int last = IntStream.range(0, shares.length).filter(i -> shares[i] < SHARE).max().orElse(-1);
    if (last < 0) {
      return log2(sizes.get(0));
    }
    if (last == shares.length - 1) {
      return log2(sizes.get(last));
    }
    double fraction = (SHARE - shares[last]) / (shares[last + 1] - shares[last]);
    double low = log2(sizes.get(last));
    return low + fraction * (log2(sizes.get(last + 1)) - low);
  }

  /** Returns whether the largest size suffices. */
  boolean isReached(double... shares) {
    return shares[shares.length - 1] >= SHARE;
  }

  /** Returns whether already the smallest size suffices, so that less data might, too. */
  boolean isReachedAtOnce(double... shares) {
    return IntStream.range(0, shares.length).allMatch(i -> shares[i] >= SHARE);
  }

  /** Returns whether the needed number of pairs is within the sizes, and not only bounded. */
  boolean isWithin(double... shares) {
    return isReached(shares) && !isReachedAtOnce(shares);
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }
}
