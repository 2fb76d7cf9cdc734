package dev.ebt.statistics;

import java.util.Arrays;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * A law of the loss of a model of size N after training on D data, with a known lowest loss E: L =
 * E + A / N^α + B / D^β (Hoffmann et al., arXiv 2203.15556, who fit E, too). It is fitted by least
 * squares of ln(L − E), with the steps of Levenberg and Marquardt.
 *
 * @param floor E
 * @param sizeFactor A
 * @param sizeExponent α
 * @param dataFactor B
 * @param dataExponent β
 */
public record SizeDataLaw(
    double floor, double sizeFactor, double sizeExponent, double dataFactor, double dataExponent) {
  private static final int ITERATIONS = 200;
  private static final double FIRST_DAMPING = 1e-3;
  private static final double LARGEST_DAMPING = 1e12;
  private static final double DAMPING_FACTOR = 10;
  private static final double TOLERANCE = 1e-12;
  private static final double FIRST_EXPONENT = 0.4;

  /** Shares of the first term in L − E that the search begins with. */
  private static final double[] SHARES = {0.2, 0.5, 0.8};

  /** Returns the loss of a size after training on data. */
  public double at(double size, double data) {
    return floor
        + sizeFactor * Math.pow(size, -sizeExponent)
        + dataFactor * Math.pow(data, -dataExponent);
  }

  /**
   * Fits a law to losses, from several starting points.
   *
   * @param sizes positive, at least two different ones
   * @param data as many
   * @param losses as many; if one is not above the floor, nothing of the law is finite
   */
  public static SizeDataLaw fit(double floor, double[] sizes, double[] data, double[] losses) {
    Problem problem = new Problem(floor, sizes, data, losses);
    double mean = Arrays.stream(problem.targets).average().orElse(Double.NaN);
    double[] best = new double[4];
    double least = Double.POSITIVE_INFINITY;
    Arrays.fill(best, Double.NaN);
    for (double share : SHARES) {
      double[] found =
          problem.minimize(
              new double[] {
                mean + Math.log(share), FIRST_EXPONENT, mean + Math.log(1 - share), FIRST_EXPONENT
              });
      double squares = problem.squares(found);
      if (squares < least) {
        least = squares;
        best = found;
      }
    }
    return problem.law(best);
  }

  /** Fits a law to other losses of the same kind, with this one as the starting point. */
  public SizeDataLaw refit(double[] sizes, double[] data, double[] losses) {
    Problem problem = new Problem(floor, sizes, data, losses);
    return problem.law(problem.minimize(problem.start(this)));
  }

  /**
   * The sum of squares over four values: the logarithms of both terms at the mean logarithms of
   * sizes and data, which makes them nearly independent of the exponents, and the exponents.
   */
  private static final class Problem {
    private final double floor;
    private final double meanSize;
    private final double meanData;
    private final double[] sizes;
    private final double[] data;
    private final double[] targets;

    Problem(double floor, double[] sizes, double[] data, double[] losses) {
      if (sizes.length != data.length || sizes.length != losses.length) {
        throw new IllegalArgumentException(
            sizes.length
                + " sizes, "
                + data.length
                + " data and "
                + losses.length
                + " losses; as many of each expected");
      }
      this.floor = floor;
      this.meanSize = Arrays.stream(sizes).map(Math::log).average().orElse(Double.NaN);
      this.meanData = Arrays.stream(data).map(Math::log).average().orElse(Double.NaN);
      this.sizes = Arrays.stream(sizes).map(n -> Math.log(n) - meanSize).toArray();
      this.data = Arrays.stream(data).map(d -> Math.log(d) - meanData).toArray();
      this.targets = Arrays.stream(losses).map(loss -> Math.log(loss - floor)).toArray();
    }

    double[] start(SizeDataLaw law) {
      return new double[] {
        Math.log(law.sizeFactor) - law.sizeExponent * meanSize,
        law.sizeExponent,
        Math.log(law.dataFactor) - law.dataExponent * meanData,
        law.dataExponent
      };
    }

    SizeDataLaw law(double[] values) {
      return new SizeDataLaw(
          floor,
          Math.exp(values[0] + values[1] * meanSize),
          values[1],
          Math.exp(values[2] + values[3] * meanData),
          values[3]);
    }

    private double ofSize(double[] values, int i) {
      return Math.exp(values[0] - values[1] * sizes[i]);
    }

    private double ofData(double[] values, int i) {
      return Math.exp(values[2] - values[3] * data[i]);
    }

    double squares(double[] values) {
      double sum = 0;
      for (int i = 0; i < targets.length; i++) {
        double residual = Math.log(ofSize(values, i) + ofData(values, i)) - targets[i];
        sum += residual * residual;
      }
      return sum;
    }

    double[] minimize(double[] start) {
      double[] values = start;
      double squares = squares(values);
      double damping = FIRST_DAMPING;
      for (int i = 0; i < ITERATIONS && damping < LARGEST_DAMPING && squares > 0; i++) {
        double[] next = step(values, damping);
        double after = squares(next);
        if (after < squares) {
          boolean converged = squares - after < TOLERANCE * squares;
          values = next;
          squares = after;
          damping /= DAMPING_FACTOR;
          if (converged) {
            break;
          }
        } else {
          damping *= DAMPING_FACTOR;
        }
      }
      return values;
    }

    private double[] step(double[] values, double damping) {
      RealMatrix normal = MatrixUtils.createRealMatrix(4, 4);
      double[] right = new double[4];
      for (int i = 0; i < targets.length; i++) {
        double one = ofSize(values, i);
        double other = ofData(values, i);
        double share = one / (one + other);
        double[] slopes = {share, -share * sizes[i], 1 - share, -(1 - share) * data[i]};
        double residual = Math.log(one + other) - targets[i];
        for (int j = 0; j < 4; j++) {
          right[j] -= slopes[j] * residual;
          for (int k = 0; k < 4; k++) {
            normal.addToEntry(j, k, slopes[j] * slopes[k]);
          }
        }
      }
      for (int j = 0; j < 4; j++) {
        normal.setEntry(j, j, normal.getEntry(j, j) * (1 + damping) + Double.MIN_NORMAL);
      }
      LUDecomposition decomposition = new LUDecomposition(normal, 0);
      double[] next = values.clone();
      if (decomposition.getSolver().isNonSingular()) {
        double[] change = decomposition.getSolver().solve(new ArrayRealVector(right)).toArray();
        for (int j = 0; j < 4; j++) {
          next[j] += change[j];
        }
      }
      return next;
    }
  }
}
