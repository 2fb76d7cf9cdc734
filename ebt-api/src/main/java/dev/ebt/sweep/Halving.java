package dev.ebt.sweep;

import dev.ebt.error.UserException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Successive halving (Jamieson and Talwalkar, arXiv 1502.07943): all settings are trained for a
 * part of their updates, the better half of them for twice as many, and so on until the last one is
 * trained to its end. All seeds of a setting go on or stop together.
 *
 * @param rungs the updates after which settings are compared, ascending; the last one is the end
 */
record Halving(List<Integer> rungs) {
  /** Copies the list. */
  Halving {
    rungs = List.copyOf(rungs);
  }

  /**
   * Returns the rungs for runs.
   *
   * @throws UserException if runs differ in their updates, or are not validated early enough
   */
  static Halving of(List<PlannedRun> runs) {
    Set<List<Integer>> lengths =
        runs.stream().map(r -> List.of(r.steps(), r.validateEvery())).collect(Collectors.toSet());
    if (lengths.size() > 1) {
      throw new UserException(
          "--halving compares runs after the same updates; remove training.steps and"
              + " training.validateEvery from --grid");
    }
    int steps = runs.get(0).steps();
    int every = runs.get(0).validateEvery();
    long settings = runs.stream().map(PlannedRun::setting).distinct().count();
    if (settings < 2) {
      throw new UserException(
          "--halving stops the worse half of several settings; there is one: add a --grid or remove"
              + " --halving");
    }
    List<Integer> rungs = new ArrayList<>(List.of(steps));
    int before = steps;
    for (long left = settings; left > 1; left = (left + 1) / 2) {
      before = before / 2 / every * every;
      if (before == 0 && steps >> (64 - Long.numberOfLeadingZeros(settings - 1)) == 0) {
        throw new UserException(
            "--halving compares "
                + settings
                + " settings on the way to update "
                + steps
                + ", which is too short for that: increase training.steps");
      }
      if (before == 0) {
        throw new UserException(
            "--halving compares "
                + settings
                + " settings on the way to update "
                + steps
                + ", with a validation before each comparison: set training.validateEvery to "
                + Math.max(1, steps >> (64 - Long.numberOfLeadingZeros(settings - 1)))
                + " or less, it is "
                + every);
      }
      rungs.add(0, before);
    }
    return new Halving(rungs);
  }

  /**
   * Returns the settings that go on after a rung: the better half, in their order.
   *
   * @param settings those that have reached it
   * @param cost of a setting: lower is better; not a number if there is none, which is the worst
   */
  static Set<Map<String, String>> better(
      Set<Map<String, String>> settings, ToDoubleFunction<Map<String, String>> cost) {
    Map<Map<String, String>, Double> costs = new LinkedHashMap<>();
    settings.forEach(setting -> costs.put(setting, cost.applyAsDouble(setting)));
    // Double.compare orders NaN last; the sort keeps the order of equal ones.
    return costs.entrySet().stream()
        .sorted(Comparator.comparingDouble(Map.Entry::getValue))
        .limit((settings.size() + 1) / 2)
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
