package dev.ebt.stop;

import dev.ebt.error.SettingException;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Stops where the energy did not improve for a number of steps in a row. It improves when it is
 * below that of the last improvement, at first the initial one, by more than a tolerance; several
 * smaller falls together are an improvement, too. Unlike {@link EnergySettled} it goes on through
 * single steps that raise the energy, and ends thinking that alternates between two values.
 *
 * @param steps the number of steps without improvement that stop, at least 1
 * @param tolerance the greatest fall since the last improvement that is none itself, 0 or more
 */
public record NoImprovement(int steps, double tolerance) implements StoppingRule {
  private static final String BEST = "best";
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
    return List.of(new Slot(BEST, NEVER), new Slot(SINCE, 0));
  }

  @Override
  public Tensor settled(Inputs step) {
    return Functions.real(since(step).greaterOrEqual(Tensor.constant(steps - 0.5)));
  }

  @Override
  public Map<String, Tensor> nextSlots(Inputs step) {
    Tensor best = Functions.select(improved(step), step.energy(), step.slot(BEST));
    return Map.of(BEST, best, SINCE, since(step));
  }

  /** Returns the number of steps without improvement, this one included. */
  private Tensor since(Inputs step) {
    Tensor none = Tensor.constant(1).minus(Functions.real(improved(step)));
    return none.times(step.slot(SINCE).plus(1));
  }

  private Tensor improved(Inputs step) {
    return step.energy().less(step.slot(BEST).minus(tolerance));
  }
}
