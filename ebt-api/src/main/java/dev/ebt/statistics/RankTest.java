package dev.ebt.statistics;

import org.hipparchus.random.RandomGenerator;
import org.hipparchus.random.Well19937c;
import org.hipparchus.stat.correlation.SpearmansCorrelation;
import org.hipparchus.util.MathArrays;

/**
 * Spearman's rank correlation of two variables, and its significance.
 *
 * @param correlation −1 to 1
 * @param p the probability of as high a correlation if the variables are independent, one-sided, by
 *     10,000 random permutations
 */
public record RankTest(double correlation, double p) {
  private static final int PERMUTATIONS = 10_000;

  /** The seed of all permutations, so that equal values have equal results. */
  private static final int SEED = 1;

  /** Differences of correlations below this are those of rounding. */
  private static final double ROUNDING = 1e-12;

  /**
   * Tests two variables.
   *
   * @param first at least three values
   * @param second as many
   */
  public static RankTest of(double[] first, double[] second) {
    SpearmansCorrelation spearman = new SpearmansCorrelation();
    double found = spearman.correlation(first, second);
    RandomGenerator random = new Well19937c(SEED);
    int asHigh = 1; // The order that was found is one of the permutations.
    int[] order = MathArrays.natural(second.length);
    double[] permuted = new double[second.length];
    for (int i = 1; i < PERMUTATIONS; i++) {
      MathArrays.shuffle(order, random);
      for (int j = 0; j < order.length; j++) {
        permuted[j] = second[order[j]];
      }
      if (spearman.correlation(first, permuted) >= found - ROUNDING) {
        asHigh++;
      }
    }
    return new RankTest(found, (double) asHigh / PERMUTATIONS);
  }
}
