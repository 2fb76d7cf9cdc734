package dev.ebt.optimize;

import dev.ebt.error.SettingException;

/**
 * Multiplication of the gradient by a constant.
 *
 * @param factor the constant, positive
 */
public record Scale(double factor) implements GradientTransform {
  /** Creates the transform and validates its setting. */
  public Scale {
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw new SettingException("factor", "is " + factor + "; a positive number expected");
    }
  }

  @Override
  public Transformed transform(Optimizer.Inputs s) {
    return Transformed.of(s.gradient().times(factor));
  }
}
