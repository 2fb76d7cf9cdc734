package dev.ebt.interact;

import dev.ebt.error.UserException;

/** Checks of option values, with messages that name the option as a user gives it. */
public final class OptionChecks {
  /** The greatest number of candidates per prediction. */
  public static final int MOST_CANDIDATES = 100_000;

  private OptionChecks() {}

  /**
   * Refuses a value unless it is suitable.
   *
   * @throws UserException with the option, the value and what is expected
   */
  public static void check(String option, Object value, boolean suitable, String expected) {
    if (!suitable) {
      throw new UserException(option + " is " + value + "; " + expected + " expected");
    }
  }

  /** Returns a number of candidates that is possible. */
  public static int candidates(String option, int value) {
    check(option, value, value <= MOST_CANDIDATES, "at most " + MOST_CANDIDATES);
    return positive(option, value);
  }

  /** Returns a number that is at least 1. */
  public static int positive(String option, int value) {
    check(option, value, value >= 1, "at least 1");
    return value;
  }
}
