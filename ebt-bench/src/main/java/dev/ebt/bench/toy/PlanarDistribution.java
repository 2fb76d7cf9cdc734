package dev.ebt.bench.toy;

import dev.ebt.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * A distribution in the plane, given by its energy alone: Z and the moments are sums over a fine
 * grid, which for smooth functions that vanish at the border are exact up to rounding, and points
 * are drawn by rejection from the extent.
 *
 * @param formula E: [..., 2] → [...]
 * @param modes the centers of the modes; may be empty
 * @param extent x from and to, y from and to: beyond there is less than 10⁻⁴ of the probability
 */
record PlanarDistribution(UnaryOperator<Tensor> formula, List<double[]> modes, double[] extent)
    implements ToyDistribution {
  private static final int SIDE = 401;

  /** Points of one round of rejection. */
  private static final int ROUND = 16_384;

  /** The margin of the density's maximum over that of the grid. */
  private static final double MARGIN = 0.02;

  @Override
  public int dimension() {
    return 2;
  }

  @Override
  public Tensor energy(Tensor points) {
    return formula.apply(points);
  }

  /** Returns a point of a grid over the extent, by row and column. */
  double[][] grid(int side) {
    double[][] points = new double[side * side][];
    for (int i = 0; i < points.length; i++) {
      double column = (i % side) / (side - 1.0);
      int line = i / side;
      double row = line / (side - 1.0);
      points[i] =
          new double[] {
            extent[0] + column * (extent[1] - extent[0]), extent[2] + row * (extent[3] - extent[2])
          };
    }
    return points;
  }

  @Override
  public Truth truth() {
    double[][] points = grid(SIDE);
    double[] energies = HostEnergy.of(this, points);
    double area = (extent[1] - extent[0]) * (extent[3] - extent[2]) / ((SIDE - 1) * (SIDE - 1));
    double sum = 0;
    double[] mean = new double[2];
    double[][] second = new double[2][2];
    double[] shares = new double[modes.size()];
    for (int i = 0; i < points.length; i++) {
      double weight = Math.exp(-energies[i]);
      sum += weight;
      if (shares.length > 0) {
        shares[mode(points[i])] += weight;
      }
      for (int k = 0; k < 2; k++) {
        mean[k] += weight * points[i][k];
        for (int l = 0; l < 2; l++) {
          second[k][l] += weight * points[i][k] * points[i][l];
        }
      }
    }
    scale(mean, 1 / sum);
    scale(second[0], 1 / sum);
    scale(second[1], 1 / sum);
    scale(shares, 1 / sum);
    return new Truth(Math.log(sum * area), mean, second, shares);
  }

  private static void scale(double[] values, double factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }

  @Override
  public double[][] draw(int count, RandomGenerator random) {
    double lowest = Arrays.stream(HostEnergy.of(this, grid(SIDE / 2))).min().orElseThrow() - MARGIN;
    double[][] drawn = new double[count][];
    int found = 0;
    while (found < count) {
      double[][] proposed = new double[ROUND][];
      for (int i = 0; i < ROUND; i++) {
        proposed[i] =
            new double[] {
              random.nextDouble(extent[0], extent[1]), random.nextDouble(extent[2], extent[3])
            };
      }
      double[] energies = HostEnergy.of(this, proposed);
      for (int i = 0; i < ROUND && found < count; i++) {
        if (random.nextDouble() < Math.exp(lowest - energies[i])) {
          drawn[found++] = proposed[i];
        }
      }
    }
    return drawn;
  }
}
