package dev.ebt.vision.quality;

import java.util.Arrays;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * The Fréchet distance of two sets of feature vectors, each assumed to be normally distributed
 * (Dowson and Landau, 1982), squared as is usual:
 *
 * <pre>
 * d² = |μ₁ − μ₂|² + tr(C₁ + C₂ − 2 (C₁ C₂)^½),   tr (C₁ C₂)^½ = tr (C₁^½ C₂ C₁^½)^½
 * </pre>
 *
 * <p>Over {@link RandomFeatures} of images it is not FID, whose network was trained on photographs:
 * it can be compared only with others over the same network, so of images of one size, and only
 * between sets of the same sizes, as it falls with the size of a set. The value of other real
 * images is the least that can be reached.
 */
final class FrechetDistance {
  private FrechetDistance() {}

  /** Running mean and covariance of feature vectors. */
  static final class Moments {
    private final double[] sums;
    private final double[][] products;
    private int count;

    /** Creates the moments of vectors of this size. */
    Moments(int size) {
      this.sums = new double[size];
      this.products = new double[size][size];
    }

    /** Adds a vector. */
    void add(double[] row) {
      for (int i = 0; i < row.length; i++) {
        sums[i] += row[i];
        for (int j = 0; j <= i; j++) {
          products[i][j] += row[i] * row[j];
        }
      }
      count++;
    }

    /** Returns the number of vectors. */
    int count() {
      return count;
    }

    /** Returns the size of a vector. */
    int size() {
      return sums.length;
    }

    private double[] mean() {
      return Arrays.stream(sums).map(sum -> sum / count).toArray();
    }

    /** Returns the unbiased covariance; 0 of one vector. */
    private RealMatrix covariance() {
      double[] mean = mean();
      RealMatrix covariance = MatrixUtils.createRealMatrix(mean.length, mean.length);
      for (int i = 0; i < mean.length; i++) {
        for (int j = 0; j <= i && count > 1; j++) {
          double value = (products[i][j] - count * mean[i] * mean[j]) / (count - 1);
          covariance.setEntry(i, j, value);
          covariance.setEntry(j, i, value);
        }
      }
      return covariance;
    }
  }

  /** Returns d² between two sets, of at least one vector each. */
  static double between(Moments a, Moments b) {
    double[] meanA = a.mean();
    double[] meanB = b.mean();
    double distance = 0;
    for (int i = 0; i < meanA.length; i++) {
      distance += Math.pow(meanA[i] - meanB[i], 2);
    }
    RealMatrix covarianceA = a.covariance();
    RealMatrix covarianceB = b.covariance();
    RealMatrix root = root(covarianceA);
    RealMatrix product = root.multiply(covarianceB).multiply(root);
    double shared =
        Arrays.stream(eigen(product).getEigenvalues()).map(v -> Math.sqrt(Math.max(0, v))).sum();
    distance += covarianceA.getTrace() + covarianceB.getTrace() - 2 * shared;
    return Math.max(0, distance); // Rounding.
  }

  /** Returns the square root of a matrix that is positive semidefinite up to rounding. */
  private static RealMatrix root(RealMatrix covariance) {
    EigenDecompositionSymmetric eigen = eigen(covariance);
    double[] roots =
        Arrays.stream(eigen.getEigenvalues()).map(v -> Math.sqrt(Math.max(0, v))).toArray();
    RealMatrix vectors = eigen.getV();
    return vectors
        .multiply(MatrixUtils.createRealDiagonalMatrix(roots))
        .multiplyTransposed(vectors);
  }

  private static EigenDecompositionSymmetric eigen(RealMatrix matrix) {
    return new EigenDecompositionSymmetric(matrix.add(matrix.transpose()).scalarMultiply(0.5));
  }
}
