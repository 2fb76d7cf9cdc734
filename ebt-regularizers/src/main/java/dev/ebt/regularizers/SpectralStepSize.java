package dev.ebt.regularizers;

import static dev.ebt.tensor.Functions.maximum;
import static dev.ebt.tensor.Functions.minimum;
import static dev.ebt.tensor.Functions.sqrt;
import static dev.ebt.tensor.Functions.stopGradient;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.error.UserException;
import dev.ebt.regularize.HookContext;
import dev.ebt.regularize.LocalEnergy;
import dev.ebt.regularize.Regularizer;
import dev.ebt.tensor.Tensor;
import java.util.stream.IntStream;

/**
 * A step no longer than the energy's curvature allows, for each prediction and step anew:
 *
 * <pre>
 * α′ = min(α, b / λ)
 * </pre>
 *
 * <p>λ is the largest eigenvalue, in magnitude, of the Hessian H = ∂²E/∂y², y being what the
 * gradient is taken of: the digested candidate, unless {@code thinking.move} is {@code candidate}.
 * On a quadratic, descent with αλ above 2 runs away, and αλ = 1 leaps to the bottom of the steepest
 * direction. λ is found by power iteration (von Mises and Pollaczek-Geiringer, 1929): v ← Hv/|Hv|
 * from a random v, λ ≈ |Hv|, which comes to it from below. A constant to all derivatives: what is
 * learnt is not how to be flat.
 *
 * @param bound b; 1
 * @param iterations products with the Hessian, each of which costs about what a gradient does; 3
 * @param evaluating {@code inEvaluation}: whether a trained model thinks with the bound too, as it
 *     learnt to; true
 */
public record SpectralStepSize(
    Double bound, Integer iterations, @JsonProperty("inEvaluation") Boolean evaluating)
    implements Regularizer {
  private static final int MOST = 100;

  /** Squared lengths below this are none: there is no curvature that could bound anything. */
  private static final double NOTHING = 1e-30;

  /** Fills in defaults and refuses what has no meaning. */
  public SpectralStepSize {
    bound = requireNonNullElse(bound, 1.0);
    iterations = requireNonNullElse(iterations, 3);
    evaluating = requireNonNullElse(evaluating, true);
    if (!(bound > 0) || bound.isInfinite()) {
      throw new UserException("bound is " + bound + "; a finite number above 0 expected");
    }
    if (iterations < 1 || iterations > MOST) {
      throw new UserException(
          "iterations is " + iterations + "; a number from 1 to " + MOST + " expected");
    }
  }

  @Override
  public boolean inEvaluation() {
    return evaluating;
  }

  @Override
  public Tensor stepSize(Tensor stepSize, LocalEnergy slope, HookContext site) {
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

  /** Of each prediction's vector, never quite 0. */
  private static Tensor length(Tensor vectors, int... inner) {
    Tensor squared = vectors.square().sumKeeping(inner);
    return sqrt(maximum(squared, Tensor.constant(NOTHING)));
  }
}
