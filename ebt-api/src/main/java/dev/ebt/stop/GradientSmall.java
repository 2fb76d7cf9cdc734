package dev.ebt.stop;

import dev.ebt.error.SettingException;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Tensor;

/**
 * Stops where the Euclidean norm of the energy's gradient is below a bound.
 *
 * @param norm the bound, positive
 */
public record GradientSmall(double norm) implements StoppingRule {
  /** Validates the setting. */
  public GradientSmall {
    if (!(norm > 0) || Double.isInfinite(norm)) {
      throw SettingException.of("norm", norm, "a positive number");
    }
  }

  @Override
  public Tensor settled(Inputs step) {
    Tensor square = step.sumPerPrediction(step.gradient().square());
    return Functions.real(square.less(Tensor.constant(norm * norm)));
  }
}
