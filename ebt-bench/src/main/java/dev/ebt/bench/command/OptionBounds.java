package dev.ebt.bench.command;

import dev.ebt.error.UserException;
import java.util.Collections;
import java.util.List;

/** Range checks for numbers on the command line. */
final class OptionBounds {
  private OptionBounds() {}

  /**
   * Refuses a number.
   *
   * @throws UserException with the option, the number and what is expected
   */
  static void check(String option, Number value, boolean good, String expected) {
    if (!good) {
      throw new UserException(option + " is " + value + "; " + expected + " expected");
    }
  }

  /** Checks that an integer is at least 1. */
  static int positive(String option, int value) {
    check(option, value, value >= 1, "at least 1");
    return value;
  }

  /** Returns the only one of some integers. */
  static int only(String option, List<Integer> values) {
    if (values.size() > 1) {
      throw new UserException(option + " has " + values.size() + " numbers; one expected here");
    }
    return values.get(0);
  }

  /** Returns distinct integers in ascending order. */
  static List<Integer> rising(String option, List<Integer> values, int least, int most) {
    if (values.stream().anyMatch(value -> value < least)) {
      String range = least == 0 ? "0 or more" : "at least " + least;
      throw new UserException(
          option + " has " + Collections.min(values) + "; " + range + " expected");
    }
    if (values.stream().anyMatch(value -> value > most)) {
      throw new UserException(
          option + " has " + Collections.max(values) + "; at most " + most + " expected");
    }
    return values.stream().sorted().distinct().toList();
  }
}
