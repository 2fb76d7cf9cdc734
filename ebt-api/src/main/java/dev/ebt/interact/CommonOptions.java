package dev.ebt.interact;

import dev.ebt.error.UserException;
import dev.ebt.run.RunParts;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The options that all interactions share.
 *
 * @param steps the numbers of thinking steps, or of network evaluations, in ascending order; empty
 *     for that of training, which an interaction is given
 * @param tolerance thinking stops once the energy changes by less; 0 disables this
 * @param count how many outputs, such as tokens or images; null for the interaction's default
 * @param seed the seed of everything random
 * @param usual whether the number of steps is that of training because none was given
 */
public record CommonOptions(
    List<Integer> steps, double tolerance, @Nullable Integer count, long seed, boolean usual) {
  /** The greatest number of steps. */
  public static final int MOST_STEPS = 100_000;

  /**
   * Sorts the numbers of steps and rejects values out of range.
   *
   * @throws UserException with the option, the value and what is expected
   */
  public CommonOptions {
    for (int number : steps) {
      OptionChecks.check("--steps", number, number >= 0, "0 or more");
      OptionChecks.check("--steps", number, number <= MOST_STEPS, "at most " + MOST_STEPS);
    }
    steps = steps.stream().sorted().distinct().toList();
    OptionChecks.check(
        "--tolerance",
        tolerance,
        tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY,
        "0 or more");
    if (count != null) {
      OptionChecks.positive("--count", count);
    }
  }

  /** Creates options with the numbers of steps that a user gave. */
  public CommonOptions(List<Integer> steps, double tolerance, @Nullable Integer count, long seed) {
    this(steps, tolerance, count, seed, false);
  }

  /** Creates options with one number of steps, seed 1 and defaults otherwise. */
  public static CommonOptions of(int steps) {
    return new CommonOptions(List.of(steps), 0, null, 1);
  }

  /** Returns these options with another count. */
  public CommonOptions withCount(int other) {
    return new CommonOptions(steps, tolerance, other, seed, usual);
  }

  /**
   * Returns these options for a model: with its number of steps unless some are given.
   *
   * @throws UserException if the model does not take such steps, or tolerance has no effect on it
   */
  CommonOptions on(RunParts model) {
    int taken = model.steps().taken();
    for (int number : steps) {
      if (taken > 0) {
        OptionChecks.check("--steps", number, number >= 1, "at least 1");
      } else {
        OptionChecks.check(
            "--steps", number, number == 0, "0 for a model that predicts without thinking");
      }
    }
    if (tolerance > 0) {
      model.checkTolerance("--tolerance", tolerance);
    }
    return steps.isEmpty() ? new CommonOptions(List.of(taken), tolerance, count, seed, true) : this;
  }

  /**
   * Returns the number of steps of an interaction that takes just one.
   *
   * @throws UserException if there are several
   */
  public int onlySteps() {
    if (steps.size() > 1) {
      throw new UserException(
          String.format(Locale.ROOT, "--steps has %d numbers; one expected here", steps.size()));
    }
    return steps.get(0);
  }

  /** Returns the largest number of steps. */
  public int mostSteps() {
    return steps.get(steps.size() - 1);
  }

  /** Returns the count, or a default. */
  public int countOr(int usual) {
    return count == null ? usual : count;
  }
}
