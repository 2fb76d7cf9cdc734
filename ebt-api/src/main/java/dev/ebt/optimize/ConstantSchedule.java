package dev.ebt.optimize;

/**
 * A constant learning rate: after a linear warm-up, the peak.
 *
 * @param warmUp the steps over which the rate rises to its peak (100)
 * @param warmUpStart the rate at the start of the warm-up, as a fraction of the peak (0)
 */
public record ConstantSchedule(Integer warmUp, Double warmUpStart) implements LearningRateSchedule {
  /** Fills in defaults and rejects invalid values. */
  public ConstantSchedule {
    WarmUp rise = WarmUp.of(warmUp, warmUpStart);
    warmUp = rise.steps();
    warmUpStart = rise.start();
  }

  /** Returns the schedule without a warm-up: the peak at every step. */
  public static ConstantSchedule atPeak() {
    return new ConstantSchedule(0, 0.0);
  }

  @Override
  public double rate(long step, double peak) {
    return warmsUp(step) ? new WarmUp(warmUp, warmUpStart).rate(step, peak) : peak;
  }

  @Override
  public boolean warmsUp(long step) {
    return new WarmUp(warmUp, warmUpStart).includes(step);
  }
}
