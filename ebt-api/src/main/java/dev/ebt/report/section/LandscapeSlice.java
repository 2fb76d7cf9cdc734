package dev.ebt.report.section;

import dev.ebt.modality.Batch;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import dev.ebt.think.Thinker;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The energy of one prediction over a plane of its candidates, in the landscape of the last step.
 *
 * @param path the energy of each point of the path
 * @param energies by row, then column
 */
record LandscapeSlice(PlaneGrid grid, double[] path, double[][] energies) {
  /**
   * Computes a slice.
   *
   * @param example a batch of one row
   * @param path of the prediction in the example
   */
  static LandscapeSlice of(RunParts parts, Batch example, PredictionPath path, PlaneGrid grid) {
    double[][] energies = new double[grid.ys().length][];
    int rows = grid.xs().length;
    try (Thinker thinker = parts.thinker(rows)) {
      Map<String, Array> context = new HashMap<>();
      example.context().forEach((name, feature) -> context.put(name, feature.rows(new int[rows])));
      thinker.observe(context);
      for (int row = 0; row < energies.length; row++) {
        energies[row] = energies(thinker, path, grid.row(row));
      }
      return new LandscapeSlice(grid, alongPath(thinker, path, rows), energies);
    }
  }

  private static double[] alongPath(Thinker thinker, PredictionPath path, int rows) {
    double[][] points = path.points();
    double[] energies = new double[points.length];
    for (int from = 0; from < points.length; from += rows) {
      double[][] wanted = new double[rows][];
      for (int i = 0; i < rows; i++) {
        wanted[i] = points[Math.min(from + i, points.length - 1)];
      }
      double[] found = energies(thinker, path, wanted);
      System.arraycopy(found, 0, energies, from, Math.min(rows, points.length - from));
    }
    return energies;
  }

  private static double[] energies(Thinker thinker, PredictionPath path, double[][] wanted) {
    thinker.begin(path.rows(wanted));
    thinker.endThinking(path.points().length - 1);
    Array energy = thinker.energy();
    int predictions = energy.shape().elements() / wanted.length;
    double[] found = new double[wanted.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = energy.real(i * predictions + path.prediction());
    }
    return found;
  }

  /** Returns the lowest energy of the plane. */
  double lowest() {
    return Arrays.stream(energies).flatMapToDouble(Arrays::stream).min().orElseThrow();
  }

  /** Returns the highest energy of the plane. */
  double highest() {
    return Arrays.stream(energies).flatMapToDouble(Arrays::stream).max().orElseThrow();
  }
}
