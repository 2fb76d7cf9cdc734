package dev.ebt.bench.toy;

import dev.ebt.modality.Batch;
import dev.ebt.modality.DistributionMetric;
import dev.ebt.tensor.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How well a set of points follows the distribution of the data.
 *
 * <pre>
 * energyDistance = 2 E|X − Y| − E|X − X'| − E|Y − Y'|     (Székely and Rizzo, 2013)
 * excessEnergy   = mean of the true energy over X − that over Y
 * modeError      = max over modes of |share − true share| / true share
 * </pre>
 *
 * <p>Y are training points, as many as there are points of the set. 0 is the best value of all. The
 * shares say nothing about what is between the modes, and distances little: there the true energy
 * is high.
 */
final class SampleQuality implements DistributionMetric {
  /** The greatest number of points whose distances are computed: there are that many squared. */
  private static final int MOST = 1024;

  private final ToyDataset dataset;
  private final List<double[]> points = new ArrayList<>();

  SampleQuality(ToyDataset dataset) {
    this.dataset = dataset;
  }

  @Override
  public void add(Batch batch, Array candidates, int rows) {
    int dimension = dataset.distribution().dimension();
    double[] flat = candidates.doubles();
    for (int i = 0; i < rows; i++) {
      points.add(Arrays.copyOfRange(flat, i * dimension, (i + 1) * dimension));
    }
  }

  @Override
  public Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    if (points.size() < 2) {
      return metrics;
    }
    List<double[]> made = points.subList(0, Math.min(MOST, points.size()));
    List<double[]> real = real(made.size());
    metrics.put(
        "energyDistance",
        2 * mean(made, real, 0) - mean(made, made, made.size()) - mean(real, real, real.size()));
    metrics.put("excessEnergy", energy(made) - energy(real));
    double[] truth = dataset.distribution().truth().shares();
    if (truth.length > 0) {
      double[] shares = shares(dataset.distribution(), points);
      double most = 0;
      for (int i = 0; i < truth.length; i++) {
        most = Math.max(most, Math.abs(shares[i] - truth[i]) / truth[i]);
      }
      metrics.put("modeError", most);
    }
    return metrics;
  }

  /** Returns the share of the points of each mode. */
  static double[] shares(ToyDistribution distribution, List<double[]> points) {
    double[] shares = new double[distribution.modes().size()];
    points.forEach(point -> shares[distribution.mode(point)] += 1.0 / points.size());
    return shares;
  }

  /** Returns the first training points. */
  private List<double[]> real(int most) {
    int dimension = dataset.distribution().dimension();
    int[] numbers = new int[Math.min(most, dataset.settings().points())];
    Arrays.setAll(numbers, i -> i);
    return Landscape.points(dataset.training().batch(numbers).target(), dimension);
  }

  private double energy(List<double[]> of) {
    double[] energies = HostEnergy.of(dataset.distribution(), of.toArray(double[][]::new));
    return Arrays.stream(energies).average().orElse(Double.NaN);
  }

  /**
   * Returns the mean distance of pairs.
   *
   * @param same the number of pairs of a point with itself, which do not count
   */
  private static double mean(List<double[]> from, List<double[]> to, int same) {
    double sum = 0;
    for (double[] a : from) {
      for (double[] b : to) {
        double square = 0;
        for (int k = 0; k < a.length; k++) {
          square += (a[k] - b[k]) * (a[k] - b[k]);
        }
        sum += Math.sqrt(square);
      }
    }
    return sum / ((double) from.size() * to.size() - same);
  }
}
