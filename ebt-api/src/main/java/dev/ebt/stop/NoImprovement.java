package dev.ebt.stop;

import dev.ebt.error.SettingException;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Stops where the energy did not fall below its minimum so far by more than a tolerance for a
 * number of steps in a row. Unlike {@link EnergySettled} it goes on through single steps that raise
 * the energy, and ends thinking that alternates between two values.
 *
 * @param steps the number of steps without improvement that stop, at least 1
 * @param tolerance the greatest fall below the minimum that is no improvement, 0 or more
 */
public record NoImprovement(int steps, double tolerance) implements StoppingRule {
  private static final String LOWEST = "lowest";
  private static final String SINCE = "since";

  /** Before the first step, above any real energy. */
  private static final double NEVER = 1e30;

  /** Validates the settings. */
  public NoImprovement {
    if (steps < 1) {
      throw SettingException.of("steps", steps, "at least 1");
    }
    if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
      throw SettingException.of("tolerance", tolerance, "0 or more");
    }
  }

  @Override
  public boolean comparesEnergies() {
    return true;
  }

  @Override
  public List<Slot> slots() {
    return List.of(new Slot(LOWEST, NEVER), new Slot(SINCE, 0));
  }

  @Override
  public Tensor settled(Inputs step) {
    return Functions.real(since(step).greaterOrEqual(Tensor.constant(steps - 0.5)));
  }

  @Override
  public Map<String, Tensor> nextSlots(Inputs step) {
    Tensor lowest = Functions.minimum(step.slot(LOWEST), step.energy());
    return Map.of(LOWEST, lowest, SINCE, since(step));
  }

  /** Returns the number of steps without improvement, this one included. */
  private Tensor since(Inputs step) {
    Tensor enough = step.slot(LOWEST).minus(tolerance);
    Tensor improved = Functions.real(step.energy().less(enough));
    return Tensor.constant(1).minus(improved).times(step.slot(SINCE).plus(1));
  }
}
