package dev.ebt.sample;

import dev.ebt.optimize.Optimizer;
import dev.ebt.testing.OptimizerContract;

class LangevinDynamicsTest extends OptimizerContract {
  /** Without noise: descent, which the contract asks for. */
  @Override
  protected Optimizer optimizer() {
    return new LangevinDynamics(0.0, null, null);
  }
}
