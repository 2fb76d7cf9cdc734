package dev.ebt.bench.toy;

import static dev.ebt.tensor.Functions.absolute;
import static dev.ebt.tensor.Functions.exp;
import static dev.ebt.tensor.Functions.log;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The Ising model on a lattice of 4 × 4 without wrapping around, in a field:
 *
 * <pre>
 * E(s) = −J Σ sᵢsⱼ over neighbours − h Σ sᵢ,   s ∈ {−1, 1}¹⁶, J = 0.2, h = 0.1
 * </pre>
 *
 * <p>All 65,536 states are enumerated.
 */
final class IsingDistribution implements ToyDistribution {
  static final int SIDE = 4;
  static final int SPINS = SIDE * SIDE;
  static final double COUPLING = 0.2;
  static final double FIELD = 0.1;
  private static final int STATES = 1 << SPINS;

  /** Returns ln(2 cosh u) without overflow. */
  static Tensor logCosh(Tensor u) {
    Tensor size = absolute(u);
    return size.plus(log(exp(size.times(-2)).plus(1)));
  }

  /** Returns 1 for each pair of neighbours, in both orders. */
  static double[][] neighbours() {
    double[][] pairs = new double[SPINS][SPINS];
    for (int i = 0; i < SPINS; i++) {
      for (int j = 0; j < SPINS; j++) {
        int distance = Math.abs(i / SIDE - j / SIDE) + Math.abs(i % SIDE - j % SIDE);
        pairs[i][j] = distance == 1 ? 1 : 0;
      }
    }
    return pairs;
  }

  @Override
  public int dimension() {
    return SPINS;
  }

  @Override
  public boolean spins() {
    return true;
  }

  @Override
  public Tensor energy(Tensor points) {
    double[] flat = Arrays.stream(neighbours()).flatMapToDouble(Arrays::stream).toArray();
    Tensor pairs = Tensor.constant(Array.of(Shape.of(SPINS, SPINS), flat));
    Tensor coupled = points.dot(pairs).times(points).sum(-1).times(-COUPLING / 2);
    return coupled.minus(points.sum(-1).times(FIELD));
  }

  private static double[] state(int number) {
    double[] spins = new double[SPINS];
    for (int i = 0; i < SPINS; i++) {
      spins[i] = (number >> i & 1) == 1 ? 1 : -1;
    }
    return spins;
  }

  /** Returns e^−E of every state. */
  private double[] weights() {
    double[][] states = new double[STATES][];
    Arrays.setAll(states, IsingDistribution::state);
    return Arrays.stream(HostEnergy.of(this, states)).map(e -> Math.exp(-e)).toArray();
  }

  @Override
  public Truth truth() {
    double[] weights = weights();
    double sum = Arrays.stream(weights).sum();
    double[] mean = new double[SPINS];
    double[][] second = new double[SPINS][SPINS];
    for (int number = 0; number < STATES; number++) {
      double share = weights[number] / sum;
      double[] spins = state(number);
      for (int i = 0; i < SPINS; i++) {
        mean[i] += share * spins[i];
        for (int j = 0; j < SPINS; j++) {
          second[i][j] += share * spins[i] * spins[j];
        }
      }
    }
    return new Truth(Math.log(sum), mean, second, new double[0]);
  }

  @Override
  public double[][] draw(int count, RandomGenerator random) {
    double[] cumulative = weights();
    Arrays.parallelPrefix(cumulative, Double::sum);
    double[][] drawn = new double[count][];
    for (int i = 0; i < count; i++) {
      int found = Arrays.binarySearch(cumulative, random.nextDouble() * cumulative[STATES - 1]);
      drawn[i] = state(Math.min(found < 0 ? -found - 1 : found, STATES - 1));
    }
    return drawn;
  }
}
