package dev.ebt.statistics;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.hipparchus.random.RandomGenerator;
import org.hipparchus.random.Well19937c;
import org.hipparchus.stat.descriptive.rank.Percentile;

/**
 * Confidence intervals of 95 % by the percentile bootstrap (Efron and Tibshirani, An Introduction
 * to the Bootstrap, 1993, chapter 13): the statistic is computed for 10,000 draws of the
 * repetitions with replacement, and the interval contains the middle 95 % of the results.
 * Repetitions that are pairs, such as two models with one seed, are drawn as pairs.
 *
 * <p>Of very few repetitions the interval is too narrow: three normally distributed ones cover
 * their mean in about three of four cases instead of 95 %. It needs no assumption otherwise.
 */
public final class Bootstrap {
  private static final int DRAWS = 10_000;
  private static final double LOW = 2.5;
  private static final double HIGH = 97.5;

  /** The seed of all draws, so that equal values have equal intervals. */
  private static final int SEED = 1;

  private Bootstrap() {}

  /**
   * Returns the interval of the mean of values; empty for fewer than two, which show no variation.
   */
  public static Optional<Interval> ofMean(double... values) {
    return of(
        values.length,
        drawn -> {
          double sum = 0;
          for (int index : drawn) {
            sum += values[index];
          }
          return sum / drawn.length;
        });
  }

  /**
   * Returns the interval of a statistic of repetitions; empty for fewer than two.
   *
   * @param repetitions their number
   * @param statistic of the repetitions with these indices, which may repeat; draws for which it is
   *     not a finite number are left out
   */
  public static Optional<Interval> of(int repetitions, ToDoubleFunction<int[]> statistic) {
    if (repetitions < 2) {
      return Optional.empty();
    }
    RandomGenerator random = new Well19937c(SEED);
    int[] drawn = new int[repetitions];
    double[] results = new double[DRAWS];
    int finite = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      for (int i = 0; i < repetitions; i++) {
        drawn[i] = random.nextInt(repetitions);
      }
      double result = statistic.applyAsDouble(drawn);
      if (Double.isFinite(result)) {
        results[finite++] = result;
      }
    }
    double[] kept = Arrays.copyOf(results, finite);
    for (int i = 0; i < repetitions; i++) {
      drawn[i] = i;
    }
    double estimate = statistic.applyAsDouble(drawn);
    if (finite == 0 || !Double.isFinite(estimate)) {
      return Optional.empty();
    }
    Percentile percentile = new Percentile();
    percentile.setData(kept);
    return Optional.of(new Interval(estimate, percentile.evaluate(LOW), percentile.evaluate(HIGH)));
  }
}
