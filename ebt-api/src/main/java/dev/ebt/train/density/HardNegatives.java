package dev.ebt.train.density;

import static dev.ebt.tensor.Functions.matMul;
import static dev.ebt.tensor.Functions.real;
import static dev.ebt.tensor.Functions.select;
import static dev.ebt.tensor.Functions.stopGradient;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.stream.IntStream;

/**
 * Mining of hard negatives (Schroff et al., arXiv 1503.03832, section 3.2): of the N negatives of a
 * row those K that the model takes for right, yet are wrong,
 *
 * <pre>
 * y_(1), …, y_(K)      E(y_(1)) ≤ … ≤ E(y_(N)),  y_(k) ≠ y*
 * </pre>
 *
 * <p>Those that equal the target have the last ranks. With K &lt; N the density of the negatives
 * depends on the model, so that the energy ranks and is no longer −ln p.
 *
 * @param drawn N
 * @param kept K
 */
record HardNegatives(int drawn, int kept) {
  /** More than any energy, that of negatives that are right. */
  private static final double RIGHT = 1e30;

  /**
   * Returns the points of the lowest energies, without a gradient.
   *
   * @param points [N · rows, predictions..., elements...]
   * @param target [rows, predictions..., elements...]
   * @return [K · rows, predictions..., elements...], the lowest of each row first
   */
  Tensor of(DensityProblem problem, Tensor points, Tensor target) {
    int dimension = problem.dimension();
    int each = target.shape().elements() / dimension;
    Tensor all = points.reshape(drawn, each, dimension);
    Tensor distance = all.minus(target.reshape(each, dimension)).square().sum(-1);
    Tensor energies = stopGradient(problem.energy(points, drawn)).reshape(drawn, each);
    Tensor wrong =
        select(
            distance.equalTo(Tensor.constant(0)), Tensor.filled(energies.shape(), RIGHT), energies);
    Tensor chosen = chosen(ranks(wrong)).transpose(2, 0, 1);
    Tensor found = matMul(chosen, all.transpose(1, 0, 2)).transpose(1, 0, 2);
    return stopGradient(found.reshape(points.shape().with(0, kept * target.shape().size(0))));
  }

  /** Returns the number of lower energies of the same column, [N, each]; equal ones in order. */
  private Tensor ranks(Tensor energies) {
    Tensor own = energies.reshape(drawn, 1, energies.shape().size(1));
    Tensor other = energies.reshape(1, drawn, energies.shape().size(1));
    double[] earlier =
        IntStream.range(0, drawn * drawn).mapToDouble(i -> i % drawn < i / drawn ? 1 : 0).toArray();
    Tensor before = Tensor.constant(Array.of(Shape.of(drawn, drawn, 1), earlier));
    return real(other.less(own)).plus(real(other.equalTo(own)).times(before)).sum(1);
  }

  /** Returns 1 where a negative has a rank below K, [K, N, each]. */
  private Tensor chosen(Tensor ranks) {
    double[] wanted = IntStream.range(0, kept).asDoubleStream().toArray();
    Tensor first = Tensor.constant(Array.of(Shape.of(kept, 1, 1), wanted));
    return real(ranks.reshape(1, drawn, ranks.shape().size(1)).equalTo(first));
  }
}
