package dev.ebt.optimize;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import org.jspecify.annotations.Nullable;

/**
 * The linear rise of a learning rate to its peak P over W steps, P(b + (1−b) k/W) at step k, that
 * precedes a schedule.
 *
 * @param steps W
 * @param start b, the rate at the start as a fraction of the peak
 */
record WarmUp(int steps, double start) {
  private static final int DEFAULT_STEPS = 100;

  WarmUp {
    if (steps < 0) {
      throw SettingException.of("warmUp", steps, "0 or more");
    }
    fraction("warmUpStart", start);
    if (steps == 0 && start > 0) {
      throw new SettingException(
          "warmUpStart",
          "is "
              + start
              + ", but schedule.warmUp is 0, so that it has no effect; leave it out (schedule.warmUpStart=null), or warm up");
    }
  }

  /** Returns the warm-up of these settings, with defaults for absent ones. */
  static WarmUp of(@Nullable Integer steps, @Nullable Double start) {
    return new WarmUp(requireNonNullElse(steps, DEFAULT_STEPS), requireNonNullElse(start, 0.0));
  }

  /** Returns whether a step belongs to the warm-up. */
  boolean includes(long step) {
    return steps > 0 && step <= steps;
  }

  /** Returns the learning rate of a step of the warm-up. */
  double rate(long step, double peak) {
    return peak * (start + (1 - start) * step / steps);
  }

  /**
   * Returns the portion of the steps from the end of the warm-up to {@code end} that are done, from
   * 0 to 1 at the end, and beyond it after that.
   */
  double portion(long step, int end) {
    return (double) (step - steps) / Math.max(1, end - steps);
  }

  /** Checks that a setting is a fraction. */
  static double fraction(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw SettingException.of(name, value, "a fraction from 0 to 1");
    }
    return value;
  }

  /** Returns the last step of a schedule, with the default for an absent setting. */
  static int decaySteps(@Nullable Integer configured) {
    int steps = requireNonNullElse(configured, 600);
    if (steps < 1) {
      throw SettingException.of("decaySteps", steps, "at least 1");
    }
    return steps;
  }
}
