package dev.ebt.bench.command;

import dev.ebt.error.UserException;
import dev.ebt.interact.OptionChecks;
import java.util.Collections;
import java.util.List;

/** Checks of lists of integers on the command line. */
final class OptionBounds {
  private OptionBounds() {}

  /** Returns the only one of some integers. */
  static int only(String option, List<Integer> values) {
    if (values.size() > 1) {
      throw new UserException(option + " has " + values.size() + " numbers; one expected here");
    }
    return values.get(0);
  }

  /** Returns distinct integers in ascending order. */
  static List<Integer> rising(String option, List<Integer> values, int least, int most) {
    int lowest = Collections.min(values);
    int highest = Collections.max(values);
    OptionChecks.check(
        option, lowest, lowest >= least, least == 0 ? "0 or more" : "at least " + least);
    OptionChecks.check(option, highest, highest <= most, "at most " + most);
    return values.stream().sorted().distinct().toList();
  }
}
