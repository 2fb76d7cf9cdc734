package dev.ebt.bench.toy;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;

/**
 * The Ising model for samplers that need gradients (Zhang et al., "Continuous relaxations for
 * discrete Hamiltonian Monte Carlo", NeurIPS 2012): to each spin belongs a number, and given the
 * spins, x ~ N(As, A) with A = J·neighbours + dI. The spins are summed over exactly:
 *
 * <pre>
 * E(x) = ½ xᵀA⁻¹x − Σ ln 2cosh(xᵢ + h)
 * ln Z = ½n ln 2π + ½ ln|A| + ½nd + ln Z of the spins
 * E[x] = A E[s],   E[xxᵀ] = A + A E[ssᵀ] A
 * </pre>
 */
final class RelaxedIsing implements ToyDistribution {
  /** d, which makes A positive definite: −J times the least eigenvalue of the lattice is 0.65. */
  private static final double DIAGONAL = 0.85;

  private final IsingDistribution spins;
  private final RealMatrix matrix;
  private final CholeskyDecomposition factors;

  RelaxedIsing(IsingDistribution spins) {
    this.spins = spins;
    this.matrix =
        new Array2DRowRealMatrix(IsingDistribution.neighbours())
            .scalarMultiply(IsingDistribution.COUPLING);
    for (int i = 0; i < dimension(); i++) {
      matrix.addToEntry(i, i, DIAGONAL);
    }
    this.factors = new CholeskyDecomposition(matrix);
  }

  @Override
  public int dimension() {
    return IsingDistribution.SPINS;
  }

  @Override
  public Tensor energy(Tensor points) {
    double[][] inverse = factors.getSolver().getInverse().getData();
    double[] flat = Arrays.stream(inverse).flatMapToDouble(Arrays::stream).toArray();
    Tensor precision = Tensor.constant(Array.of(Shape.of(dimension(), dimension()), flat));
    Tensor quadratic = points.dot(precision).times(points).sum(-1).times(0.5);
    return quadratic.minus(IsingDistribution.logCosh(points.plus(IsingDistribution.FIELD)).sum(-1));
  }

  @Override
  public Truth truth() {
    Truth ofSpins = spins.truth();
    int n = dimension();
    double logPartition =
        0.5 * n * Math.log(2 * Math.PI)
            + 0.5 * Math.log(factors.getDeterminant())
            + 0.5 * n * DIAGONAL
            + ofSpins.logPartition();
    RealMatrix second =
        matrix.add(matrix.multiply(new Array2DRowRealMatrix(ofSpins.second())).multiply(matrix));
    return new Truth(logPartition, matrix.operate(ofSpins.mean()), second.getData(), new double[0]);
  }

  @Override
  public double[][] draw(int count, RandomGenerator random) {
    double[][] drawn = spins.draw(count, random);
    for (int i = 0; i < count; i++) {
      double[] noise = new double[dimension()];
      Arrays.setAll(noise, k -> random.nextGaussian());
      double[] mean = matrix.operate(drawn[i]);
      double[] spread = factors.getL().operate(noise);
      Arrays.setAll(mean, k -> mean[k] + spread[k]);
      drawn[i] = mean;
    }
    return drawn;
  }
}
