package dev.ebt.run;

import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import dev.ebt.monitor.Monitor;

/** The checks of a training whose processes make updates by themselves between two averages. */
final class LocalSteps {
  private LocalSteps() {}

  /**
   * Checks that several processes train, and that none of them has to leave out an update.
   *
   * @throws UserException if a setting does not go with {@code training.localSteps}
   */
  static void check(RunParts parts, int processes) {
    int steps = parts.configuration().training().localSteps();
    if (steps == 1) {
      return;
    }
    if (processes == 1) {
      throw new SettingException(
          "training.localSteps",
          "is "
              + steps
              + ", the updates between two averages of several processes, and one process trains;"
              + " start several (--processes 2), or set it to 1");
    }
    for (int i = 0; i < parts.monitors().size(); i++) {
      Monitor monitor = parts.monitors().get(i);
      if (monitor.skipsUpdates()) {
        throw new SettingException(
            "monitors",
            "has "
                + parts.configuration().monitors().get(i).name()
                + " with action skip, but with training.localSteps="
                + steps
                + " an update belongs to one process, and the first cannot leave out those of"
                + " others; choose another action, such as roll-back");
      }
    }
  }

  /**
   * Checks that one process can repeat a run.
   *
   * @throws UserException if its processes made updates by themselves
   */
  static void checkRepeatable(int localSteps) {
    if (localSteps > 1) {
      throw new UserException(
          "the run has training.localSteps "
              + localSteps
              + ": each of its processes made updates by itself, which one process cannot repeat;"
              + " compare it with a second run by as many processes instead");
    }
  }
}
