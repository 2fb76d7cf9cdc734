package dev.ebt.regularizers;

import static dev.ebt.tensor.Functions.maximum;
import static dev.ebt.tensor.Functions.minimum;
import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.FormerName;
import dev.ebt.error.SettingException;
import dev.ebt.regularize.HookContext;
import dev.ebt.regularize.Regularizer;
import dev.ebt.tensor.Tensor;

/**
 * A clamp that limits the change of any element of a candidate in one step to c:
 *
 * <pre>
 * g ← min(max(g, −c/α), c/α),  so that |αg| ≤ c
 * </pre>
 *
 * <p>α is the step size in use, including its random factor. The published code uses α before its
 * random factor s, so a step can change an element by s·c and c is not a bound on the change. The
 * clamp is part of the dynamics, not noise on them, so it applies in evaluation too: the model sees
 * the same updates there as in training. Where the clamp is active, no gradient passes, neither for
 * g nor for α.
 *
 * @param maximumChange c; 9, as published
 */
public record GradientClamp(@FormerName("change") Double maximumChange) implements Regularizer {

  /** Fills in the default and rejects invalid values. */
  public GradientClamp {
    maximumChange = requireNonNullElse(maximumChange, 9.0);
    if (!(maximumChange > 0) || maximumChange.isInfinite()) {
      throw new SettingException(
          "maximumChange", "is " + maximumChange + "; a finite number above 0 expected");
    }
  }

  @Override
  public boolean inEvaluation() {
    return true;
  }

  @Override
  public Tensor gradient(Tensor gradient, Tensor stepSize, HookContext site) {
    Tensor bound = Tensor.constant(maximumChange).divide(stepSize);
    return minimum(maximum(gradient, bound.negate()), bound);
  }
}
