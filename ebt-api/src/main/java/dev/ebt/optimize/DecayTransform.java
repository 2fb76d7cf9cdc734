package dev.ebt.optimize;

import dev.ebt.error.SettingException;

/**
 * Weight decay, g ← g + λy. Parameters that are excluded from decay, such as gains and biases, are
 * unaffected.
 *
 * @param rate λ, per unit of step size; positive
 */
public record DecayTransform(double rate) implements GradientTransform {
  /** Creates the transform and validates its setting. */
  public DecayTransform {
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new SettingException("rate", "is " + rate + "; a positive number expected");
    }
  }

  @Override
  public Transformed transform(Optimizer.Inputs s) {
    return Transformed.of(s.decayed() ? s.gradient().plus(s.value().times(rate)) : s.gradient());
  }
}
