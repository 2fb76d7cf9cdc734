package dev.ebt.regularize;

import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.Tensor;
import java.util.List;

/**
 * The energy where a step begins.
 *
 * @param energy of the candidate entering the step, [rows, predictions...]
 * @param at what the gradient is taken of, [rows, candidate...]: the digested candidate p, or for
 *     moves of {@code candidate} the candidate y itself
 * @param gradient ∂E/∂at
 */
public record LocalEnergy(Tensor energy, Tensor at, Tensor gradient) {
  /**
   * ∂²E/∂at² · direction: how the gradient changes along it. Every prediction's own, since energies
   * do not mix. A product with the Hessian, which is never made.
   */
  public Tensor curvature(Tensor direction) {
    return Gradients.of(gradient, direction, List.of(at)).get(0);
  }
}
