package dev.ebt.regularizers;

import static dev.ebt.tensor.Functions.maximum;
import static dev.ebt.tensor.Functions.minimum;
import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.UserException;
import dev.ebt.regularize.HookContext;
import dev.ebt.regularize.Regularizer;
import dev.ebt.tensor.Tensor;

/**
 * A bound on how far one step moves any element of a candidate, c:
 *
 * <pre>
 * g ← min(max(g, −c/α), c/α),  so that |αg| ≤ c
 * </pre>
 *
 * <p>α is the step size in use, random factor included. The published code takes the α before its
 * random factor s, which lets a step move by s·c: then c bounds nothing that one could name. Part
 * of the dynamics, not a noise on them, so it holds in evaluation too: the model meets there the
 * moves that it learnt with. Where the bound holds, no derivative passes, neither for g nor for α.
 *
 * @param change c; 9, as published
 */
public record GradientClamp(Double change) implements Regularizer {

  /** Fills in the default and refuses what has no meaning. */
  public GradientClamp {
    change = requireNonNullElse(change, 9.0);
    if (!(change > 0) || change.isInfinite()) {
      throw new UserException("change is " + change + "; a finite number above 0 expected");
    }
  }

  @Override
  public boolean inEvaluation() {
    return true;
  }

  @Override
  public Tensor gradient(Tensor gradient, Tensor stepSize, HookContext site) {
    Tensor bound = Tensor.constant(change).divide(stepSize);
    return minimum(maximum(gradient, bound.negate()), bound);
  }
}
