package dev.ebt.regularizers;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.regularize.HookContext;
import dev.ebt.regularize.Regularizer;
import dev.ebt.tensor.Tensor;

/**
 * A random step size per prediction (arXiv 2507.02092, section 3.3), drawn once and used for all
 * steps of a thinking session:
 *
 * <pre>
 * α′ ~ U[α/s, αs]
 * </pre>
 *
 * <p>As published, uniform in α′ and not in log α′: the mean is α(s + 1/s)/2, which is 1.25α for s
 * = 2. The gradient of a learned α passes through the draw. Applied in training only.
 *
 * @param scale s; 2, as published; 1 leaves α unchanged
 */
public record RandomStepSize(Double scale) implements Regularizer {

  /** Fills in the default and rejects invalid values. */
  public RandomStepSize {
    scale = requireNonNullElse(scale, 2.0);
    if (!(scale >= 1) || scale.isInfinite()) {
      throw new SettingException("scale", "is " + scale + "; a finite number, 1 or more, expected");
    }
  }

  @Override
  public Tensor stepSize(Tensor stepSize, HookContext site) {
    double least = 1 / scale;
    Tensor factor = site.uniform(site.predictions()).times(scale - least).plus(least);
    return factor.times(stepSize);
  }
}
