package dev.ebt.bench.serve;

import java.time.Duration;

/**
 * The end of the time that one request has, for all that it asks for.
 *
 * @param time the time from its beginning
 * @param end the end on the clock of {@link System#nanoTime}
 */
record Deadline(Duration time, long end) {
  /** Returns the end of a time that begins now. */
  static Deadline in(Duration time) {
    return new Deadline(time, System.nanoTime() + time.toNanos());
  }

  /** Returns the milliseconds that are left, rounded up; 0 if the time has passed. */
  long millisecondsLeft() {
    return Math.max(0, (end - System.nanoTime() + 999_999) / 1_000_000);
  }

  /**
   * Accepts that there is time left.
   *
   * @throws ApiException if there is none: 504
   */
  void check() {
    if (millisecondsLeft() == 0) {
      throw passed();
    }
  }

  /** Returns the refusal to go on: 504. */
  ApiException passed() {
    return ApiException.of(504, "timeout", "the deadline of " + time.toMillis() + " ms passed");
  }
}
