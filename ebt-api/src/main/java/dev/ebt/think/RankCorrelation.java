package dev.ebt.think;

import dev.ebt.tensor.Array;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.hipparchus.stat.correlation.SpearmansCorrelation;

/**
 * The rank correlation (Spearman) of two values per prediction. Of more than a hundred thousand
 * predictions the first ones count.
 */
final class RankCorrelation {
  private static final int MOST = 100_000;

  private double[] first = new double[1024];
  private double[] second = new double[1024];
  private int count;

  /**
   * Adds predictions.
   *
   * @param weights of the predictions; one of weight 0 is left out
   */
  void add(Array a, Array b, float[] weights) {
    for (int i = 0; i < weights.length && count < MOST; i++) {
      if (weights[i] != 0) {
        if (count == first.length) {
          first = Arrays.copyOf(first, 2 * count);
          second = Arrays.copyOf(second, 2 * count);
        }
        first[count] = a.real(i);
        second[count] = b.real(i);
        count++;
      }
    }
  }

  /** Returns the correlation, if there are two different values of each, and all are numbers. */
  OptionalDouble value() {
    double[] a = Arrays.copyOf(first, count);
    double[] b = Arrays.copyOf(second, count);
    return varied(a) && varied(b)
        ? OptionalDouble.of(new SpearmansCorrelation().correlation(a, b))
        : OptionalDouble.empty();
  }

  private static boolean varied(double[] values) {
    return Arrays.stream(values).noneMatch(Double::isNaN)
        && Arrays.stream(values).distinct().limit(2).count() == 2;
  }
}
