package dev.ebt.bench.command;

import dev.ebt.error.UserException;
import dev.ebt.interact.OptionChecks;
import dev.ebt.predict.Interruption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that limits the time of an answer. */
final class AnswerTimeout {
  private static final double MOST_SECONDS = 1e9;
  private static final double NANOS = 1e9;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "End an answer that takes longer, at its next thinking step (no limit).")
  private @Nullable Double seconds;

  /** Checks the value. */
  void check() {
    if (seconds != null) {
      OptionChecks.check(
          "--timeout", seconds, seconds > 0 && seconds <= MOST_SECONDS, "more than 0, up to 1e9");
    }
  }

  /**
   * Computes an answer.
   *
   * @throws UserException if it takes longer than the limit
   */
  void during(Runnable answer) {
    Double limit = seconds;
    if (limit == null) {
      answer.run();
      return;
    }
    long begun = System.nanoTime();
    Interruption.during(
        () -> {
          if (System.nanoTime() - begun > limit * NANOS) {
            throw new UserException(
                "the answer takes longer than --timeout "
                    + limit
                    + " s; allow more, or ask for"
                    + " fewer steps, candidates or tokens");
          }
        },
        answer);
  }
}
