package dev.ebt.inference;

import static dev.ebt.inference.Thinking.check;

import java.time.Duration;

/**
 * Limits of the calls that a model has at a time.
 *
 * @param maxBatchSize the greatest number of calls that are computed together
 * @param maxWaiting the greatest number of calls that wait; further ones are refused
 * @param window the time that an idle model waits after a first call for others to compute with it
 */
public record InferenceLimits(int maxBatchSize, int maxWaiting, Duration window) {
  private static final Duration LONGEST_WINDOW = Duration.ofSeconds(1);

  /** Rejects invalid values. */
  public InferenceLimits {
    check("maxBatchSize", maxBatchSize, maxBatchSize >= 1 && maxBatchSize <= 1024, "1 to 1024");
    check("maxWaiting", maxWaiting, maxWaiting >= 1, "at least 1");
    check(
        "window",
        window,
        !window.isNegative() && window.compareTo(LONGEST_WINDOW) <= 0,
        "0 to 1 second");
  }

  /** Returns limits for a few dozen threads: 16 together, 256 waiting, a window of 2 ms. */
  public static InferenceLimits defaults() {
    return new InferenceLimits(16, 256, Duration.ofMillis(2));
  }

  /** Returns these limits with another number of calls together. */
  public InferenceLimits maxBatchSize(int number) {
    return new InferenceLimits(number, maxWaiting, window);
  }

  /** Returns these limits with another number of waiting calls. */
  public InferenceLimits maxWaiting(int number) {
    return new InferenceLimits(maxBatchSize, number, window);
  }

  /** Returns these limits with another window. */
  public InferenceLimits window(Duration time) {
    return new InferenceLimits(maxBatchSize, maxWaiting, time);
  }
}
