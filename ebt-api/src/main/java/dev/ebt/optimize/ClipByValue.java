package dev.ebt.optimize;

import static dev.ebt.tensor.Functions.clamp;

import dev.ebt.error.SettingException;

/**
 * Clipping of each element of a gradient, g ← min(c, max(−c, g)).
 *
 * @param bound the bound c, positive
 */
public record ClipByValue(double bound) implements GradientTransform {
  /** Creates the transform and validates its setting. */
  public ClipByValue {
    if (!(bound > 0) || Double.isInfinite(bound)) {
      throw SettingException.of("bound", bound, "a positive number");
    }
  }

  @Override
  public Transformed transform(Optimizer.Inputs s) {
    return Transformed.of(clamp(s.gradient(), -bound, bound));
  }
}
