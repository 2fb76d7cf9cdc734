package dev.ebt.report.section;

import dev.ebt.modality.Batch;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.think.Thinker;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The energy of one prediction over the plane of its path of thinking, in the landscape of the last
 * step.
 *
 * @param prediction its index among those of the example
 * @param plane the plane, through the final candidate
 * @param path the energy of each point of the path
 * @param xs the columns
 * @param ys the rows
 * @param energies by row, then column
 */
record LandscapeSlice(
    int prediction, PathPlane plane, double[] path, double[] xs, double[] ys, double[][] energies) {
  private static final int SIDE = 31;

  /** The share by which the plane extends beyond the path on each side. */
  private static final double MARGIN = 0.35;

  /** The extent of the second direction relative to the first one, at least. */
  private static final double LEAST = 0.5;

  /**
   * Computes the slice for the first prediction, from the middle of an example on, that moves to
   * finite candidates; empty if there is none.
   *
   * @param example a batch of one row
   * @param steps of thinking, at least 1
   */
  static Optional<LandscapeSlice> of(RunParts parts, Batch example, int steps) {
    Array[] candidates = new Array[steps + 1];
    try (Thinker thinker = parts.thinker(1)) {
      thinker.observe(example.context());
      thinker.begin(parts.configuration().seed());
      candidates[0] = thinker.candidate();
      for (int i = 1; i <= steps; i++) {
        thinker.step(thinker.stepSizeScale(steps), 0);
        candidates[i] = thinker.candidate();
      }
    }
    int predictions = parts.modality().predictions().elements();
    int elements = candidates[0].shape().elements() / predictions;
    for (int i = 0; i < predictions; i++) {
      int prediction = (predictions / 2 + i) % predictions;
      double[][] points = points(candidates, prediction, elements);
      if (moves(points)) {
        PathPlane plane = PathPlane.of(points);
        double[] xs = range(plane.x(), 0);
        double[] ys = range(plane.y(), LEAST * (xs[SIDE - 1] - xs[0]));
        return Optional.of(
            new Grid(parts, example, candidates[steps], prediction, elements, steps)
                .slice(plane, points, xs, ys));
      }
    }
    return Optional.empty();
  }

  private static boolean moves(double[][] points) {
    boolean finite =
        Arrays.stream(points).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
    return finite && !Arrays.equals(points[0], points[points.length - 1]);
  }

  private static double[][] points(Array[] candidates, int prediction, int elements) {
    double[][] points = new double[candidates.length][elements];
    for (int i = 0; i < points.length; i++) {
      for (int k = 0; k < elements; k++) {
        points[i][k] = candidates[i].real(prediction * elements + k);
      }
    }
    return points;
  }

  /** Returns evenly spaced coordinates around a path. */
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

  /** Returns the lowest energy of the grid. */
  double lowest() {
    return Arrays.stream(energies).flatMapToDouble(Arrays::stream).min().orElseThrow();
  }

  /** Returns the highest energy of the grid. */
  double highest() {
    return Arrays.stream(energies).flatMapToDouble(Arrays::stream).max().orElseThrow();
  }

  /** The energies of candidates that differ from a final one in one prediction. */
  private record Grid(
      RunParts parts, Batch example, Array last, int prediction, int elements, int steps) {
    LandscapeSlice slice(PathPlane plane, double[][] points, double[] xs, double[] ys) {
      double[][] energies = new double[ys.length][];
      double[] path;
      try (Thinker thinker = parts.thinker(xs.length)) {
        Map<String, Array> context = new HashMap<>();
        example
            .context()
            .forEach((name, feature) -> context.put(name, feature.rows(new int[xs.length])));
        thinker.observe(context);
        for (int row = 0; row < ys.length; row++) {
          double[][] wanted = new double[xs.length][];
          for (int column = 0; column < xs.length; column++) {
            wanted[column] = at(plane, points[points.length - 1], xs[column], ys[row]);
          }
          energies[row] = energies(thinker, wanted);
        }
        path = path(thinker, points, xs.length);
      }
      return new LandscapeSlice(prediction, plane, path, xs, ys, energies);
    }

    private static double[] at(PathPlane plane, double[] origin, double x, double y) {
      double[] point = origin.clone();
      for (int k = 0; k < point.length; k++) {
        point[k] += x * plane.first()[k] + y * plane.second()[k];
      }
      return point;
    }

    private double[] path(Thinker thinker, double[][] points, int rows) {
      double[] path = new double[points.length];
      for (int from = 0; from < points.length; from += rows) {
        double[][] wanted = new double[rows][];
        for (int i = 0; i < rows; i++) {
          wanted[i] = points[Math.min(from + i, points.length - 1)];
        }
        double[] found = energies(thinker, wanted);
        System.arraycopy(found, 0, path, from, Math.min(rows, points.length - from));
      }
      return path;
    }

    private double[] energies(Thinker thinker, double[][] wanted) {
      int each = last.shape().elements();
      double[] all = new double[wanted.length * each];
      double[] rest = last.doubles();
      for (int i = 0; i < wanted.length; i++) {
        System.arraycopy(rest, 0, all, i * each, each);
        System.arraycopy(wanted[i], 0, all, i * each + prediction * elements, elements);
      }
      int[] shape = last.shape().toIntArray();
      shape[0] = wanted.length;
      thinker.begin(Array.of(Shape.of(shape), all));
      thinker.endThinking(steps);
      Array energy = thinker.energy();
      int predictions = energy.shape().elements() / wanted.length;
      double[] found = new double[wanted.length];
      for (int i = 0; i < found.length; i++) {
        found[i] = energy.real(i * predictions + prediction);
      }
      return found;
    }
  }
}
