package dev.ebt.sweep;

import dev.ebt.statistics.Interval;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The results of one setting over its seeds.
 *
 * @param setting the values that its runs have in common
 * @param bySeed the values of the metric of its finished runs, by seed; the seed is empty where
 *     seeds do not vary
 * @param runs the number of its runs, with failed and unfinished ones
 * @param mean over its finished runs, with an interval; empty for fewer than two
 * @param pairs the number of seeds that the best setting has finished, too
 * @param difference the mean of this setting minus the best one over these seeds, with an interval;
 *     empty for the best one itself and for fewer than two
 */
public record SettingResult(
    Map<String, String> setting,
    Map<String, Double> bySeed,
    int runs,
    Optional<Interval> mean,
    int pairs,
    Optional<Interval> difference) {
  /** Copies the maps. */
  public SettingResult {
    setting = Collections.unmodifiableMap(new LinkedHashMap<>(setting));
    bySeed = Collections.unmodifiableMap(new LinkedHashMap<>(bySeed));
  }

  /** Returns the mean over the finished runs; not a number if there are none. */
  public double average() {
    return bySeed.values().stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }
}
