package dev.ebt.experiment;

import dev.ebt.report.ReportNumbers;
import dev.ebt.statistics.Bootstrap;
import java.util.Arrays;

/** Values of one quantity, one for each seed, in the same order for all quantities. */
public final class SeedValues {
  private SeedValues() {}

  /**
   * Returns the differences, seed by seed.
   *
   * @throws IllegalArgumentException if there are not as many of both, so that they are no pairs
   */
  public static double[] minus(double[] first, double[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          first.length + " values minus " + second.length + "; as many expected");
    }
    double[] differences = new double[first.length];
    Arrays.setAll(differences, i -> first[i] - second[i]);
    return differences;
  }

  /** Returns the mean; not a number for none. */
  public static double mean(double... values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /**
   * Returns the mean with its bootstrap interval of 95 % as text, such as {@code 0.021 (0.015 …
   * 0.03)}; of one value the value alone, of none {@code none}.
   */
  public static String text(double... values) {
    return Bootstrap.ofMean(values)
        .map(
            i ->
                ReportNumbers.of(i.estimate())
                    + " ("
                    + ReportNumbers.of(i.low())
                    + " … "
                    + ReportNumbers.of(i.high())
                    + ")")
        .orElseGet(() -> values.length == 1 ? ReportNumbers.of(values[0]) : "none");
  }
}
