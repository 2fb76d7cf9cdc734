package dev.ebt.sample;

import static dev.ebt.tensor.Functions.exp;
import static dev.ebt.tensor.Functions.minimum;
import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The temperature of a sampler, which may fall over its steps (simulated annealing, Kirkpatrick et
 * al., 1983):
 *
 * <pre>
 * T(t) = T₀ (T₁/T₀)^min(1, (t − 1)/(n − 1))
 * </pre>
 *
 * @param temperature T₀; 1 samples from e^−E
 * @param finalTemperature T₁; T₀ if it does not fall
 * @param steps n, from which on the temperature is T₁; 0 if it does not fall
 */
record Annealing(double temperature, double finalTemperature, int steps) {
  /** Fills in defaults and rejects invalid values. */
  static Annealing of(
      @Nullable Double temperature, @Nullable Double finalTemperature, @Nullable Integer steps) {
    double first = requireNonNullElse(temperature, 1.0);
    if (!(first >= 0) || Double.isInfinite(first)) {
      throw SettingException.of("temperature", first, "0 or more");
    }
    if ((finalTemperature == null) != (steps == null)) {
      throw new SettingException(
          finalTemperature == null ? "annealingSteps" : "finalTemperature",
          "is set alone; finalTemperature and annealingSteps expected, or none of them");
    }
    if (finalTemperature == null || steps == null) {
      return new Annealing(first, first, 0);
    }
    if (!(finalTemperature > 0 && first > 0) || finalTemperature.isInfinite()) {
      throw SettingException.of(
          "finalTemperature", finalTemperature, "more than 0, as temperature,");
    }
    if (steps < 2) {
      throw SettingException.of("annealingSteps", steps, "at least 2");
    }
    return new Annealing(first, finalTemperature, steps);
  }

  /**
   * Returns the temperature of a step, a scalar.
   *
   * @param step from 1
   */
  Tensor at(Tensor step) {
    if (steps == 0) {
      return Tensor.constant(temperature);
    }
    Tensor share = minimum(Tensor.constant(1), step.minus(1).divide(steps - 1.0));
    return exp(share.times(Math.log(finalTemperature / temperature))).times(temperature);
  }
}
