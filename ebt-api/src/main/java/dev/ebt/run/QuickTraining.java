package dev.ebt.run;

import dev.ebt.config.Assignment;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A training that only shows that everything works: few updates and, because one update of a large
 * model may take minutes, a limit of time.
 */
final class QuickTraining {
  static final int STEPS = 60;

  /** The overrides of a quick training; values set by hand take precedence. */
  static final Overrides OVERRIDES =
      Overrides.of(
          quick("training.steps", STEPS),
          quick("schedule.warmUp", 10),
          quick("training.accumulate", 1),
          quick("training.validateEvery", 30),
          quick("training.validationRows", 32),
          quick("training.checkpointEvery", 30),
          quick("training.logEvery", 5));

  private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(2);

  private final LongSupplier nanos;
  private final long begun;

  /** Creates a limit of time that begins now. */
  QuickTraining() {
    this(System::nanoTime);
  }

  /** Creates a limit of time by another clock. */
  QuickTraining(LongSupplier nanos) {
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
  }

  private static Assignment quick(String setting, int value) {
    return Assignment.of(setting, value, Origin.option("--quick"));
  }

  /** Returns whether the time is up; the update in progress is still finished. */
  boolean over() {
    return nanos.getAsLong() - begun >= LIMIT_NANOS;
  }
}
