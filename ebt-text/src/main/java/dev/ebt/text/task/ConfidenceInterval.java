package dev.ebt.text.task;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.hipparchus.stat.StatUtils;
import org.hipparchus.stat.interval.BinomialProportion;

/**
 * A confidence interval of 95 %, under the assumption that records are drawn independently from all
 * possible records.
 */
public record ConfidenceInterval(double lower, double upper) {
  private static final double CONFIDENCE = 0.95;
  private static final int RESAMPLES = 1000;

  /** The seed of all resampling, so that equal scores give equal intervals. */
  private static final long SEED = 1;

  /** Returns Wilson's score interval of a share of the given number of records. */
  public static ConfidenceInterval ofShare(int records, double share) {
    var interval =
        BinomialProportion.getWilsonScoreInterval(
            records, Math.min(1, Math.max(0, share)), CONFIDENCE);
    return new ConfidenceInterval(
        Math.max(0, interval.getLowerBound()), Math.min(1, interval.getUpperBound()));
  }

  /**
   * Returns the interval of the mean of scores: Wilson's if each is 0 or 1, else {@link #ofRatio}.
   */
  public static Optional<ConfidenceInterval> ofMean(double... scores) {
    return DoubleStream.of(scores).allMatch(score -> score == 0 || score == 1)
        ? Optional.of(ofShare(scores.length, StatUtils.mean(scores)))
        : ofRatio(scores, DoubleStream.generate(() -> 1).limit(scores.length).toArray());
  }

  /**
   * Returns the percentile bootstrap interval of Σ amounts / Σ sizes, with records drawn with
   * replacement: for example of bits per byte, where records differ in their number of bytes. Empty
   * for a single record, which gives no information on the variation between records.
   *
   * @param amounts one per record
   * @param sizes one per record
   */
  public static Optional<ConfidenceInterval> ofRatio(double[] amounts, double[] sizes) {
    if (amounts.length < 2) {
      return Optional.empty();
    }
    SplittableRandom random = new SplittableRandom(SEED);
    double[] ratios = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      double amount = 0;
      double size = 0;
      for (int j = 0; j < amounts.length; j++) {
        int record = random.nextInt(amounts.length);
        amount += amounts[record];
        size += sizes[record];
      }
      ratios[i] = amount / size;
    }
    return Optional.of(
        new ConfidenceInterval(
            StatUtils.percentile(ratios, 100 * (1 - CONFIDENCE) / 2),
            StatUtils.percentile(ratios, 100 * (1 + CONFIDENCE) / 2)));
  }
}
