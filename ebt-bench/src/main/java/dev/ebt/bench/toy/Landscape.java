package dev.ebt.bench.toy;

import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.think.Thinker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The energy of a model of points in the plane, and what thinking makes of noise, beside the truth.
 *
 * @param distribution that of the data
 * @param side number of columns and of rows of the grids
 * @param learned the energies of the model, row by row from the least y
 * @param known the true energies
 * @param samples the final candidates
 * @param data points of the data, as many
 */
record Landscape(
    ToyDistribution distribution,
    int side,
    double[] learned,
    double[] known,
    List<double[]> samples,
    List<double[]> data) {

  /** Computes the landscape in the last step's landscape of the model. */
  static Landscape of(RunParts parts, List<double[]> samples, int side) {
    ToyDataset dataset = (ToyDataset) parts.dataset();
    PlanarDistribution distribution = (PlanarDistribution) dataset.distribution();
    double[][] grid = distribution.grid(side);
    double[] learned = learned(parts, grid, side);
    int rows = Math.min(samples.size(), dataset.validation().size());
    int[] numbers = new int[rows];
    Arrays.setAll(numbers, i -> i);
    return new Landscape(
        distribution,
        side,
        learned,
        HostEnergy.of(distribution, grid),
        samples,
        points(dataset.validation().batch(numbers).target(), 2));
  }

  /** Returns the energy of each point, with classes −ln Σ e^−E over them. */
  private static double[] learned(RunParts parts, double[][] grid, int side) {
    int classes = ((ToyModality) parts.modality()).classes();
    double[] sum = new double[grid.length];
    Arrays.fill(sum, Double.POSITIVE_INFINITY);
    double[] learned = new double[grid.length];
    try (Thinker thinker = parts.thinker(side)) {
      for (int label = 0; label < Math.max(1, classes); label++) {
        long[] labels = new long[side];
        Arrays.fill(labels, label);
        thinker.observe(
            classes == 0 ? Map.of() : Map.of(ToyModality.CLASS, Array.of(Shape.of(side), labels)));
        for (int row = 0; row < side; row++) {
          double[] flat =
              Arrays.stream(grid, row * side, (row + 1) * side)
                  .flatMapToDouble(Arrays::stream)
                  .toArray();
          thinker.begin(Array.of(Shape.of(side, 2), flat));
          thinker.endThinking(Math.max(1, parts.steps().taken()));
          System.arraycopy(thinker.energy().doubles(), 0, learned, row * side, side);
        }
        for (int i = 0; i < grid.length; i++) {
          double least = Math.min(sum[i], learned[i]);
          sum[i] = least - Math.log1p(Math.exp(-Math.abs(sum[i] - learned[i])));
        }
      }
    }
    return sum;
  }

  /** Returns the rows of an array, [rows, dimension]. */
  static List<double[]> points(Array rows, int dimension) {
    double[] flat = rows.doubles();
    List<double[]> points = new ArrayList<>();
    for (int from = 0; from < flat.length; from += dimension) {
      points.add(Arrays.copyOfRange(flat, from, from + dimension));
    }
    return points;
  }
}
