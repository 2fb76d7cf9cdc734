package dev.ebt.interact;

import dev.ebt.error.UserException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The options that all interactions share.
 *
 * @param steps the numbers of thinking steps, or of network evaluations, increasing; at least one
 * @param tolerance thinking stops once the energy changes by less; 0 disables this
 * @param count how many outputs, such as tokens or images; null for the interaction's default
 * @param seed the seed of everything random
 */
public record CommonOptions(
    List<Integer> steps, double tolerance, @Nullable Integer count, long seed) {
  /** Copies the numbers of steps. */
  public CommonOptions {
    steps = List.copyOf(steps);
  }

  /** Creates options with one number of steps, seed 1 and defaults otherwise. */
  public static CommonOptions of(int steps) {
    return new CommonOptions(List.of(steps), 0, null, 1);
  }

  /** Returns these options with another count. */
  public CommonOptions withCount(int other) {
    return new CommonOptions(steps, tolerance, other, seed);
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
