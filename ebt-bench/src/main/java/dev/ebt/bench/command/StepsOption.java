package dev.ebt.bench.command;

import dev.ebt.error.UserException;
import dev.ebt.interact.CommonOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for numbers of steps, with its bounds. */
final class StepsOption {
  @Option(
      names = "--steps",
      split = ",",
      paramLabel = "N",
      description =
          "Thinking steps per prediction, or evaluations of a diffusion model (as trained);"
              + " several are compared.")
  private @Nullable List<Integer> steps;

  /**
   * Returns the numbers in ascending order; null if none is given.
   *
   * @throws UserException if one is out of range
   */
  @Nullable List<Integer> several() {
    return steps == null
        ? null
        : OptionBounds.rising("--steps", steps, 0, CommonOptions.MOST_STEPS);
  }

  /**
   * Returns the number for a command that takes just one, or a default.
   *
   * @throws UserException if there are several, or it is out of range
   */
  int single(int usual) {
    List<Integer> given = several();
    return given == null ? usual : OptionBounds.only("--steps", given);
  }
}
