package dev.ebt.sample;

import dev.ebt.optimize.Optimizer;
import dev.ebt.testing.OptimizerContract;

class UnderdampedLangevinTest extends OptimizerContract {
  /** Without noise: descent with inertia, which the contract asks for. */
  @Override
  protected Optimizer optimizer() {
    return new UnderdampedLangevin(2.0, 0.0, null, null);
  }

  @Override
  protected double stepSize() {
    return 0.5;
  }
}
