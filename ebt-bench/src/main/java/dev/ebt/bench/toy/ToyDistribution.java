package dev.ebt.bench.toy;

import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;

/** A distribution p(x) = e^−E(x) / Z of vectors, of which energy, Z and moments are known. */
interface ToyDistribution {
  /** Returns the number of coordinates. */
  int dimension();

  /** Returns whether the coordinates are spins, −1 or 1. */
  default boolean spins() {
    return false;
  }

  /** Returns E: [..., dimension] → [...]. */
  Tensor energy(Tensor points);

  /** Returns what is known of the distribution. */
  Truth truth();

  /** Draws independent points, [count][dimension]. */
  double[][] draw(int count, RandomGenerator random);

  /** Returns the centers of the modes, to the nearest of which a point belongs; may be empty. */
  default List<double[]> modes() {
    return List.of();
  }

  /** Returns the extent to draw, x from and to, y from and to; empty unless points are planar. */
  default double[] extent() {
    return new double[0];
  }

  /** Returns the index of the nearest center among {@link #modes}. */
  default int mode(double[] point) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < modes().size(); i++) {
      double distance = 0;
      for (int k = 0; k < point.length; k++) {
        double difference = point[k] - modes().get(i)[k];
        distance += difference * difference;
      }
      if (distance < least) {
        least = distance;
        nearest = i;
      }
    }
    return nearest;
  }

  /**
   * What is known of a distribution.
   *
   * @param logPartition ln Z
   * @param mean E[xᵢ]
   * @param second E[xᵢxⱼ]
   * @param shares the probability of each mode
   */
  record Truth(double logPartition, double[] mean, double[][] second, double[] shares) {}
}
