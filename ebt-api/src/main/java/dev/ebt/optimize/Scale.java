package dev.ebt.optimize;

import dev.ebt.error.UserException;

/**
 * A gradient times a constant.
 *
 * @param factor positive
 */
public record Scale(double factor) implements GradientTransform {
  /** Refuses what has no meaning. */
  public Scale {
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw new UserException("factor is " + factor + "; a positive number expected");
    }
  }

  @Override
  public Transformed transform(Optimizer.Inputs s) {
    return Transformed.of(s.gradient().times(factor));
  }
}
