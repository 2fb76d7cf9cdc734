package dev.ebt.regularize;

import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.Tensor;
import java.util.List;

/**
 * The energy and its gradient at the start of a step.
 *
 * @param energy the energy of the candidate before the step, [rows, predictions...]
 * @param at the point of differentiation, [rows, candidate...]: the model input p of the candidate,
 *     or for {@code thinking.updateRule} {@code candidate} the candidate y itself
 * @param gradient ∂E/∂at
 */
public record EnergyAndGradient(Tensor energy, Tensor at, Tensor gradient) {
  /**
   * Computes the Hessian-vector product ∂²E/∂at² · direction without forming the Hessian. It is
   * separate for each prediction, since the energies of different predictions are independent.
   */
  public Tensor curvature(Tensor direction) {
    return Gradients.of(gradient, direction, List.of(at)).get(0);
  }
}
