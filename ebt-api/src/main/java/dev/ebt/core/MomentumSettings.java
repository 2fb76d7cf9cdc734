package dev.ebt.core;

import dev.ebt.optimize.GradientTransformChain;
import dev.ebt.optimize.Momentum;

/**
 * Settings of gradient descent with momentum.
 *
 * @param momentum the decay rate of accumulated gradients, 0 or more and below 1 (0.9)
 */
record MomentumSettings(Double momentum) {
  MomentumSettings {
    momentum = new Momentum(momentum, false).momentum();
  }

  GradientTransformChain plain() {
    return GradientTransformChain.of(new Momentum(momentum, false));
  }

  GradientTransformChain nesterov() {
    return GradientTransformChain.of(new Momentum(momentum, true));
  }
}
