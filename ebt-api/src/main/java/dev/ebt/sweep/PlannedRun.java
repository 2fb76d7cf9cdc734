package dev.ebt.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A training of a sweep.
 *
 * @param name of its folder, different from that of any other run of the sweep
 * @param values what it is compared by, in order: settings by their paths, or labels of an
 *     experiment; {@code seed} tells repetitions apart
 * @param configuration its resolved configuration as YAML
 * @param steps the updates of the whole training
 * @param validateEvery updates between validations
 */
public record PlannedRun(
    String name, Map<String, String> values, String configuration, int steps, int validateEvery) {
  private static final int LONGEST = 120;

  /** Copies the map. */
  public PlannedRun {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Returns what this run has in common with its repetitions: the values without the seed. */
  public Map<String, String> setting() {
    Map<String, String> setting = new LinkedHashMap<>(values);
    setting.remove(SweepGrid.SEED);
    return setting;
  }

  /** Returns the name of a folder for values: {@code learningRate=0.001,seed=2}. */
  static String nameOf(Map<String, String> values) {
    String name =
        values.entrySet().stream()
            .map(e -> last(e.getKey()) + "=" + e.getValue())
            .collect(Collectors.joining(","))
            .replaceAll("[^A-Za-z0-9.,=_-]+", "_");
    return name.length() <= LONGEST
        ? name
        : String.format(
            Locale.ROOT, "%s_%08x", name.substring(0, LONGEST), values.toString().hashCode());
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
