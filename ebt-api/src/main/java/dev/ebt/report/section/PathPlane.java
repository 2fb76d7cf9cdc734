package dev.ebt.report.section;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealVector;

/**
 * A plane through the last point of a path, the origin, and along the direction in which the path
 * varies most.
 *
 * @param origin the last point
 * @param first a unit vector, the direction in which the path varies most
 * @param second a unit vector orthogonal to it
 * @param x of each point of the path, projected onto the plane, the last one at 0
 * @param y of each point of the path, projected onto the plane, the last one at 0
 */
record PathPlane(double[] origin, double[] first, double[] second, double[] x, double[] y) {
  /** The share of the variance below which a direction counts as rounding. */
  private static final double ROUNDING = 1e-10;

  /** The share of a direction across the path below which it counts as one along the path. */
  private static final double ACROSS = 1e-3;

  /**
   * Returns the plane of the two principal directions of a path. The second one is random among the
   * coordinates that vary, if the path is straight.
   *
   * @param path two or more finite points
   * @throws IllegalArgumentException if all points are the same
   */
  static PathPlane of(double[][] path) {
    double[] end = path[path.length - 1];
    double[][] offsets = new double[path.length - 1][];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = minus(path[i], end);
    }
    double[] first = new double[end.length];
    double[] second = new double[end.length];
    if (principal(offsets, first, second) == 0) {
      throw new IllegalArgumentException("the path does not move");
    }
    if (norm(second) == 0) {
      random(offsets, first, second);
    }
    return through(path, first, second);
  }

  /**
   * Returns the plane of the first direction of this one and another direction; empty if that is
   * the same one, or not finite.
   *
   * @param path the path of this plane
   */
  Optional<PathPlane> turned(double[][] path, double[] direction) {
    double along = dot(direction, first);
    double[] across = new double[direction.length];
    for (int k = 0; k < across.length; k++) {
      across[k] = direction[k] - along * first[k];
    }
    double norm = norm(across);
    if (!(norm > ACROSS * norm(direction)) || !Double.isFinite(norm)) {
      return Optional.empty();
    }
    scale(across, 1 / norm);
    return Optional.of(through(path, first, across));
  }

  private static PathPlane through(double[][] path, double[] first, double[] second) {
    double[] end = path[path.length - 1];
    return new PathPlane(
        end, first, second, coordinates(path, end, first), coordinates(path, end, second));
  }

  /** Returns this plane with the projection of another path in place of its own. */
  PathPlane with(double[][] path) {
    return new PathPlane(
        origin, first, second, coordinates(path, origin, first), coordinates(path, origin, second));
  }

  private static double[] coordinates(double[][] path, double[] origin, double[] direction) {
    return Arrays.stream(path).mapToDouble(point -> dot(minus(point, origin), direction)).toArray();
  }

  /** Returns a point of the plane. */
  double[] at(double right, double up) {
    double[] point = origin.clone();
    for (int k = 0; k < point.length; k++) {
      point[k] += right * first[k] + up * second[k];
    }
    return point;
  }

  /** Finds the principal directions by the matrix of inner products; returns how many there are. */
  private static int principal(double[][] offsets, double[] first, double[] second) {
    int count = offsets.length;
    double[][] products = new double[count][count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count; j++) {
        products[i][j] = dot(offsets[i], offsets[j]);
      }
    }
    EigenDecompositionSymmetric eigen =
        new EigenDecompositionSymmetric(new Array2DRowRealMatrix(products));
    double largest = eigen.getEigenvalue(0);
    if (!(largest > 0)) {
      return 0;
    }
    combine(offsets, eigen.getEigenvector(0), first);
    boolean two = count > 1 && eigen.getEigenvalue(1) > ROUNDING * largest;
    if (two) {
      combine(offsets, eigen.getEigenvector(1), second);
    }
    return two ? 2 : 1;
  }

  /** Sets a direction, of length 1, to a weighted sum of the offsets. */
  private static void combine(double[][] offsets, RealVector weights, double[] direction) {
    for (int i = 0; i < offsets.length; i++) {
      for (int k = 0; k < direction.length; k++) {
        direction[k] += weights.getEntry(i) * offsets[i][k];
      }
    }
    scale(direction, 1 / norm(direction));
  }

  private static void random(double[][] offsets, double[] first, double[] second) {
    Random random = new Random(1);
    for (int k = 0; k < second.length; k++) {
      boolean varies = false;
      for (double[] offset : offsets) {
        varies |= offset[k] != 0;
      }
      second[k] = varies ? random.nextGaussian() : 0;
    }
    double along = dot(second, first);
    for (int k = 0; k < second.length; k++) {
      second[k] -= along * first[k];
    }
    double norm = norm(second);
    scale(second, norm > 0 ? 1 / norm : 0); // There is one direction only, if just one varies.
  }

  private static double[] minus(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  private static void scale(double[] a, double factor) {
    for (int i = 0; i < a.length; i++) {
      a[i] *= factor;
    }
  }
}
