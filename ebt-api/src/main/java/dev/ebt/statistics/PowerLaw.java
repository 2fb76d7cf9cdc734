package dev.ebt.statistics;

import java.util.DoubleSummaryStatistics;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A power law of a quantity that falls towards a known lowest value: y = floor + B x^(−β), fitted
 * by least squares of ln(y − floor) = ln B − β ln x (for losses of models: Kaplan et al., arXiv
 * 2001.08361).
 *
 * @param floor the value that y approaches
 * @param factor B
 * @param exponent β
 */
public record PowerLaw(double floor, double factor, double exponent) {
  /**
   * Fits a law to points.
   *
   * @param x positive, at least two different values
   * @param y as many; if one is not above the floor, its logarithm is not finite, and neither are
   *     factor and exponent
   */
  public static PowerLaw fit(double floor, double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(x.length + " x and " + y.length + " y; as many expected");
    }
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < x.length; i++) {
      meanX += Math.log(x[i]) / x.length;
      meanY += Math.log(y[i] - floor) / x.length;
    }
    double covariance = 0;
    double variance = 0;
    for (int i = 0; i < x.length; i++) {
      double offset = Math.log(x[i]) - meanX;
      covariance += offset * (Math.log(y[i] - floor) - meanY);
      variance += offset * offset;
    }
    double slope = covariance / variance;
    return new PowerLaw(floor, Math.exp(meanY - slope * meanX), -slope);
  }

  /** Returns y at x. */
  public double at(double x) {
    return floor + factor * Math.pow(x, -exponent);
  }

  /**
   * Returns y at x on the straight lines through neighbouring points in ln(y − floor) over ln x;
   * not a number outside of the points.
   *
   * @param x positive, in any order; of equal ones the mean of ln(y − floor) is taken
   * @param y as many
   */
  public static double between(double floor, double[] x, double[] y, double at) {
    NavigableMap<Double, DoubleSummaryStatistics> points = new TreeMap<>();
    for (int i = 0; i < x.length; i++) {
      points
          .computeIfAbsent(x[i], key -> new DoubleSummaryStatistics())
          .accept(Math.log(y[i] - floor));
    }
    var below = points.floorEntry(at);
    var above = points.ceilingEntry(at);
    if (below == null || above == null) {
      return Double.NaN;
    }
    double share =
        below.getKey().equals(above.getKey())
            ? 0
            : Math.log(at / below.getKey()) / Math.log(above.getKey() / below.getKey());
    double low = below.getValue().getAverage();
    return floor + Math.exp(low + share * (above.getValue().getAverage() - low));
  }
}
