package dev.ebt.core;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.optimize.AdamW;

/**
 * Settings of {@link AdamW}.
 *
 * @param beta1 the decay rate of the running mean of gradients (0.9)
 * @param beta2 the decay rate of the running mean of squared gradients (0.999)
 * @param epsilon the term that keeps the division finite (1e-8)
 * @param weightDecay the weight decay, per unit of learning rate (0.01)
 */
record AdamWSettings(Double beta1, Double beta2, Double epsilon, Double weightDecay) {
  AdamWSettings {
    beta1 = fraction("beta1", requireNonNullElse(beta1, 0.9));
    beta2 = fraction("beta2", requireNonNullElse(beta2, 0.999));
    epsilon = requireNonNullElse(epsilon, 1e-8);
    weightDecay = requireNonNullElse(weightDecay, 0.01);
    if (!(epsilon > 0)) {
      throw SettingException.of("epsilon", epsilon, "a positive number");
    }
    if (!(weightDecay >= 0)) {
      throw SettingException.of("weightDecay", weightDecay, "0 or more");
    }
  }

  AdamW optimizer() {
    return new AdamW(beta1, beta2, epsilon, weightDecay);
  }

  private static double fraction(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw SettingException.of(name, value, "0 or more and below 1");
    }
    return value;
  }
}
