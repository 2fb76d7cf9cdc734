package dev.ebt.bench.toy;

import static dev.ebt.tensor.Functions.exp;
import static dev.ebt.tensor.Functions.log;
import static dev.ebt.tensor.Functions.sqrt;
import static dev.ebt.tensor.Functions.stopGradient;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The distributions by name. */
public enum Toy {
  /** Eight normal distributions of deviation ¼ on a circle of radius 2, equally likely. */
  @JsonProperty("mixture")
  MIXTURE {
    @Override
    ToyDistribution distribution() {
      List<double[]> centers =
          IntStream.range(0, 8)
              .mapToObj(i -> new double[] {2 * Math.cos(i * EIGHTH), 2 * Math.sin(i * EIGHTH)})
              .toList();
      return new PlanarDistribution(points -> mixture(points, centers, 0.25), centers, square(3.5));
    }
  },
  /** E = ½(x² − 2.25)² + 0.3x + 2y²: two wells, of which the left one is deeper. */
  @JsonProperty("double-well")
  DOUBLE_WELL {
    @Override
    ToyDistribution distribution() {
      return new PlanarDistribution(
          points -> {
            Tensor x = at(points, 0);
            Tensor well = x.square().minus(2.25).square().times(0.5).plus(x.times(0.3));
            return well.plus(at(points, 1).square().times(2));
          },
          List.of(new double[] {-1.5, 0}, new double[] {1.5, 0}),
          square(3.5));
    }
  },
  /** E = (|x| − 2)² / (2 · 0.2²): a circle. */
  @JsonProperty("ring")
  RING {
    @Override
    ToyDistribution distribution() {
      return new PlanarDistribution(
          points -> radius(points).minus(2).square().divide(2 * 0.2 * 0.2), List.of(), square(3.5));
    }
  },
  /**
   * Two crescents (Rezende and Mohamed, arXiv 1505.05770, table 1): E = ½((|x| − 2)/0.4)² −
   * ln(e^−½((x₁−2)/0.6)² + e^−½((x₁+2)/0.6)²).
   */
  @JsonProperty("two-moons")
  TWO_MOONS {
    @Override
    ToyDistribution distribution() {
      return new PlanarDistribution(
          points -> {
            Tensor x = at(points, 0);
            Tensor left = x.plus(2).divide(0.6).square().times(-0.5);
            Tensor right = x.minus(2).divide(0.6).square().times(-0.5);
            Tensor ring = radius(points).minus(2).divide(0.4).square().times(0.5);
            // ln(eᵃ + eᵇ) = ½(a + b) + ln(2 cosh ½(a − b)), without overflow.
            Tensor half = left.minus(right).times(0.5);
            return ring.minus(left.plus(right).times(0.5)).minus(IsingDistribution.logCosh(half));
          },
          List.of(new double[] {-2, 0}, new double[] {2, 0}),
          square(4.5));
    }
  },
  /** E = 4(x − 1)² + 5(y − x²)²: a curved valley. */
  @JsonProperty("rosenbrock")
  ROSENBROCK {
    @Override
    ToyDistribution distribution() {
      return new PlanarDistribution(
          points -> {
            Tensor x = at(points, 0);
            Tensor valley = at(points, 1).minus(x.square()).square().times(5);
            return x.minus(1).square().times(4).plus(valley);
          },
          List.of(),
          new double[] {-0.9, 2.9, -1.6, 9.6});
    }
  },
  /** Spins on a lattice of 4 × 4, enumerated: see {@link IsingDistribution}. */
  @JsonProperty("ising")
  ISING {
    @Override
    ToyDistribution distribution() {
      return new IsingDistribution();
    }
  },
  /** The same for samplers of continuous candidates: see {@link RelaxedIsing}. */
  @JsonProperty("ising-relaxed")
  ISING_RELAXED {
    @Override
    ToyDistribution distribution() {
      return new RelaxedIsing(new IsingDistribution());
    }
  };

  private static final double EIGHTH = Math.PI / 4;

  /** Returns the distribution. */
  abstract ToyDistribution distribution();

  /** Returns the name in configurations. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static double[] square(double half) {
    return new double[] {-half, half, -half, half};
  }

  private static Tensor at(Tensor points, int coordinate) {
    return points.slice(-1, coordinate, 1).sum(-1);
  }

  /** Returns |x|, which is smooth at 0 up to a constant below the precision of floats. */
  private static Tensor radius(Tensor points) {
    return sqrt(points.square().sum(-1).plus(1e-12));
  }

  /** Returns −ln Σ e^(−|x − μ|²/2σ²). */
  private static Tensor mixture(Tensor points, List<double[]> centers, double deviation) {
    int[] leading = points.shape().toIntArray();
    int dimension = leading[leading.length - 1];
    leading[leading.length - 1] = 1;
    double[] flat = centers.stream().flatMapToDouble(Arrays::stream).toArray();
    Tensor means = Tensor.constant(Array.of(Shape.of(centers.size(), dimension), flat));
    Tensor squares =
        points.reshape(Shape.of(leading).plus(dimension)).minus(means).square().sum(-1);
    Tensor exponents = squares.divide(-2 * deviation * deviation);
    Tensor largest = stopGradient(exponents.maxKeeping(-1));
    return log(exp(exponents.minus(largest)).sum(-1)).plus(largest.sum(-1)).negate();
  }
}
