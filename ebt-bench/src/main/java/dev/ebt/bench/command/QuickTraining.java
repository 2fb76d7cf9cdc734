package dev.ebt.bench.command;

import dev.ebt.config.Assignment;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A training that only shows that everything works: few updates and, as one update of a large model
 * may take minutes, not many minutes either.
 */
final class QuickTraining {
  static final int STEPS = 60;

  /** Why the training ended, where {@link #over} is the reason. */
  static final String ENDED = "--quick ends after two minutes, here";

  /** What it sets; {@code --set} wins over it. */
  static final Overrides OVERRIDES =
      Overrides.of(
          quick("training.steps", STEPS),
          quick("schedule.warmUp", 10),
          quick("training.accumulate", 1),
          quick("training.validateEvery", 30),
          quick("training.validationRows", 32),
          quick("training.checkpointEvery", 30),
          quick("training.logEvery", 5));

  private static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(2);

  private final LongSupplier nanos;
  private final long begun;

  /** One that begins now. */
  QuickTraining() {
    this(System::nanoTime);
  }

  /** The same by another clock. */
  QuickTraining(LongSupplier nanos) {
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
  }

  private static Assignment quick(String setting, int value) {
    return Assignment.of(setting, value, Origin.option("--quick"));
  }

  /** Returns whether it has taken as long as it may; the update at work is still finished. */
  boolean over() {
    return nanos.getAsLong() - begun >= MOST_NANOS;
  }
}
