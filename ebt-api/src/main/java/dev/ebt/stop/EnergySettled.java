package dev.ebt.stop;

import dev.ebt.error.SettingException;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Tensor;

/**
 * Stops where the energy changed by less than a tolerance since the last step.
 *
 * @param tolerance the least change that goes on, positive
 */
public record EnergySettled(double tolerance) implements StoppingRule {
  /** Validates the setting. */
  public EnergySettled {
    if (!(tolerance > 0) || Double.isInfinite(tolerance)) {
      throw SettingException.of("tolerance", tolerance, "a positive number");
    }
  }

  @Override
  public boolean comparesEnergies() {
    return true;
  }

  @Override
  public Tensor settled(Inputs step) {
    Tensor change = Functions.absolute(step.energy().minus(step.previousEnergy()));
    return Functions.real(change.less(Tensor.constant(tolerance)));
  }
}
