package dev.ebt.regularizers;

import static dev.ebt.tensor.Functions.maximum;
import static dev.ebt.tensor.Functions.minimum;
import static dev.ebt.tensor.Functions.sqrt;
import static dev.ebt.tensor.Functions.stopGradient;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.error.SettingException;
import dev.ebt.regularize.EnergyAndGradient;
import dev.ebt.regularize.HookContext;
import dev.ebt.regularize.Regularizer;
import dev.ebt.tensor.Tensor;
import java.util.stream.IntStream;

/**
 * A bound on the step size by the curvature of the energy, for each prediction and step:
 *
 * <pre>
 * α′ = min(α, b / λ)
 * </pre>
 *
 * <p>λ is the largest eigenvalue, in magnitude, of the Hessian H = ∂²E/∂y², where y is the variable
 * of the gradient: the model input of the candidate, unless {@code thinking.updateRule} is {@code
 * candidate}. On a quadratic, gradient descent diverges if αλ is above 2, and αλ = 1 reaches the
 * minimum along the steepest direction in one step. λ is found by power iteration (von Mises and
 * Pollaczek-Geiringer, 1929): v ← Hv/|Hv| from a random v, λ ≈ |Hv|, which approaches λ from below.
 * No gradient passes through λ, so training does not reward a flat energy.
 *
 * @param bound b; 1
 * @param iterations products with the Hessian, each at about the cost of a gradient; 3
 * @param evaluating {@code inEvaluation}: whether the bound also applies in evaluation, as in
 *     training; true
 */
public record SpectralStepSize(
    Double bound, Integer iterations, @JsonProperty("inEvaluation") Boolean evaluating)
    implements Regularizer {
  private static final int MOST = 100;

  /** The lower bound of squared norms; below it there is no curvature that could bound the step. */
  private static final double NOTHING = 1e-30;

  /** Fills in defaults and rejects invalid values. */
  public SpectralStepSize {
    bound = requireNonNullElse(bound, 1.0);
    iterations = requireNonNullElse(iterations, 3);
    evaluating = requireNonNullElse(evaluating, true);
    if (!(bound > 0) || bound.isInfinite()) {
      throw new SettingException("bound", "is " + bound + "; a finite number above 0 expected");
    }
    if (iterations < 1 || iterations > MOST) {
      throw new SettingException(
          "iterations", "is " + iterations + "; a number from 1 to " + MOST + " expected");
    }
  }

  @Override
  public boolean inEvaluation() {
    return evaluating;
  }

  @Override
  public Tensor stepSize(Tensor stepSize, EnergyAndGradient slope, HookContext site) {
    int[] inner = IntStream.range(site.predictions().rank(), slope.at().shape().rank()).toArray();
    Tensor direction = site.normal(slope.at().shape());
    Tensor length = length(direction, inner);
    for (int i = 0; i < iterations; i++) {
      direction = slope.curvature(direction.divide(length));
      length = length(direction, inner);
    }
    Tensor largest = stopGradient(length.reshape(site.predictions()));
    return minimum(stepSize, Tensor.constant(bound).divide(largest));
  }

  /** Returns the norm of the vector of each prediction, always above 0. */
  private static Tensor length(Tensor vectors, int... inner) {
    Tensor squared = vectors.square().sumKeeping(inner);
    return sqrt(maximum(squared, Tensor.constant(NOTHING)));
  }
}
