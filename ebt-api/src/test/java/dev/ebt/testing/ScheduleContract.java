package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.optimize.LearningRateSchedule;
import org.junit.jupiter.api.Test;

/**
 * The contract tests of learning rate schedules: rates are finite, not negative, and proportional
 * to the peak at every step, from 0 to beyond the last, in whichever order steps are requested. The
 * test of a schedule extends this class and inherits all tests.
 */
public abstract class ScheduleContract {
  private static final double PEAK = 0.003;

  /** Returns a new schedule with the settings under test. */
  protected abstract LearningRateSchedule schedule();

  /** Returns the last step of the schedule, or any step after its warm-up if it has no end. */
  protected long lastStep() {
    return 600;
  }

  /** Returns the greatest rate, as a multiple of the peak. */
  protected double greatest() {
    return 1;
  }

  @Test
  final void ratesAreFiniteAndNotNegativeAtEveryStep() {
    LearningRateSchedule schedule = schedule();
    for (long step = 0; step <= 2 * lastStep(); step++) {
      assertThat(schedule.rate(step, PEAK))
          .as("rate of step %d", step)
          .isFinite()
          .isBetween(0.0, greatest() * PEAK * (1 + 1e-12));
    }
    assertThat(schedule.rate(Long.MAX_VALUE, PEAK)).as("rate of the last of all steps").isFinite();
  }

  @Test
  final void ratesAreProportionalToThePeak() {
    LearningRateSchedule schedule = schedule();
    for (long step = 0; step <= 2 * lastStep(); step++) {
      double rate = schedule.rate(step, PEAK);
      assertThat(schedule.rate(step, 7 * PEAK)).isCloseTo(7 * rate, within(1e-12 * PEAK));
      assertThat(schedule.rate(step, 0)).as("rate of a frozen group at step %d", step).isZero();
    }
  }

  /** A resumed run asks a new schedule, for later steps only. */
  @Test
  final void aResumedRunHasTheSameRates() {
    LearningRateSchedule whole = schedule();
    double[] rates = new double[(int) lastStep() + 1];
    for (int step = 0; step <= lastStep(); step++) {
      rates[step] = whole.rate(step, PEAK);
    }
    LearningRateSchedule resumed = schedule();
    for (int step = (int) lastStep(); step >= 0; step--) {
      assertThat(resumed.rate(step, PEAK)).as("rate of step %d", step).isEqualTo(rates[step]);
      assertThat(resumed.warmsUp(step)).isEqualTo(whole.warmsUp(step));
    }
  }

  @Test
  final void aWarmUpEndsAndDoesNotBeginAgain() {
    LearningRateSchedule schedule = schedule();
    boolean before = true;
    for (long step = 1; step <= 2 * lastStep(); step++) {
      boolean warmsUp = schedule.warmsUp(step);
      assertThat(before || !warmsUp)
          .as("step %d warms up only after a step that does", step)
          .isTrue();
      before = warmsUp;
    }
    assertThat(before).as("warm-up at twice the last step").isFalse();
  }

  @Test
  final void someStepHasARate() {
    LearningRateSchedule schedule = schedule();
    double sum = 0;
    for (long step = 1; step <= lastStep(); step++) {
      sum += schedule.rate(step, PEAK);
    }
    assertThat(sum).as("sum of the rates").isPositive();
  }
}
