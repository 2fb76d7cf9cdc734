package dev.ebt.optimize;

import dev.ebt.error.UserException;

/**
 * A pull of values to 0, g ← g + λy; parameters that are not to decay, such as gains and biases,
 * are left alone.
 *
 * @param rate λ, per unit of step size; positive
 */
public record Decay(double rate) implements GradientTransform {
  /** Refuses what has no meaning. */
  public Decay {
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new UserException("rate is " + rate + "; a positive number expected");
    }
  }

  @Override
  public Transformed transform(Optimizer.Inputs s) {
    return Transformed.of(s.decayed() ? s.gradient().plus(s.value().times(rate)) : s.gradient());
  }
}
