package dev.ebt.interact;

import dev.ebt.error.UserException;

/** Checks of option values, with messages that name the option as a user gives it. */
public final class OptionRange {
  private OptionRange() {}

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

  /** Returns a number that is at least 1. */
  public static int positive(String option, int value) {
    check(option, value, value >= 1, "at least 1");
    return value;
  }
}
