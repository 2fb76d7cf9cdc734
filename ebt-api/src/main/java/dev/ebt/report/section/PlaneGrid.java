package dev.ebt.report.section;

import java.util.Arrays;

/**
 * Evenly spaced points of a plane around a path.
 *
 * @param plane the plane
 * @param xs the columns
 * @param ys the rows
 */
record PlaneGrid(PathPlane plane, double[] xs, double[] ys) {
  private static final int SIDE = 31;

  /** The share by which the grid extends beyond the path on each side. */
  private static final double MARGIN = 0.35;

  /**
   * Returns the points around the path that the plane was laid through.
   *
   * @param least the extent of the second direction relative to the first one, at least
   */
  static PlaneGrid around(PathPlane plane, double least) {
    double[] xs = range(plane.x(), 0);
    return new PlaneGrid(plane, xs, range(plane.y(), least * (xs[SIDE - 1] - xs[0])));
  }

  /** Returns the same points with another plane's path. */
  PlaneGrid with(PathPlane other) {
    return new PlaneGrid(other, xs, ys);
  }

  private static double[] range(double[] path, double least) {
    double low = Arrays.stream(path).min().orElseThrow();
    double high = Arrays.stream(path).max().orElseThrow();
    double extent = Math.max(high - low, least);
    double middle = (low + high) / 2;
    double half = extent * (0.5 + MARGIN);
    double[] range = new double[SIDE];
    for (int i = 0; i < SIDE; i++) {
      range[i] = middle + half * (2.0 * i / (SIDE - 1) - 1);
    }
    return range;
  }

  /** Returns the candidates of a row. */
  double[][] row(int row) {
    return Arrays.stream(xs).mapToObj(x -> plane.at(x, ys[row])).toArray(double[][]::new);
  }
}
