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
 * <p>Those that equal the target have the last ranks, and no weight. With K &lt; N the density of
 * the negatives depends on the model, so that the energy ranks and is no longer −ln p.
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
   * @param wrong 0 where a point equals the target and 1 elsewhere, [N, rows · predictions]
   * @return [K · rows, predictions..., elements...], the lowest of each row first
   */
  Tensor of(DensityProblem problem, Tensor points, Tensor wrong) {
    int each = wrong.shape().size(1);
    Tensor all = points.reshape(drawn, each, problem.dimension());
    Tensor energies = stopGradient(problem.energy(points, drawn)).reshape(drawn, each);
    Tensor chosen = chosen(ranks(ofWrong(energies, wrong))).transpose(2, 0, 1);
    Tensor found = matMul(chosen, all.transpose(1, 0, 2)).transpose(1, 0, 2);
    int rows = points.shape().size(0) / drawn;
    return stopGradient(found.reshape(points.shape().with(0, kept * rows)));
  }

  /** Returns energies that are {@link #RIGHT} where points are right. */
  static Tensor ofWrong(Tensor energies, Tensor wrong) {
    return select(
        wrong.equalTo(Tensor.constant(0)), Tensor.filled(energies.shape(), RIGHT), energies);
  }

  /**
   * Returns the weights of the chosen points, 0 where fewer are wrong than are chosen, [K, rows ·
   * predictions].
   *
   * @param wrong as of {@link #of}
   */
  Tensor weights(Tensor wrong) {
    double[] ranks = IntStream.range(0, kept).asDoubleStream().toArray();
    return real(Tensor.constant(Array.of(Shape.of(kept, 1), ranks)).less(wrong.sum(0)));
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
