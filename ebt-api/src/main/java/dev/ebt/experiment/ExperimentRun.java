package dev.ebt.experiment;

import dev.ebt.config.Overrides;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.sweep.SweepGrid;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A training that an experiment needs.
 *
 * @param values what tells it from the other runs, in order; {@code seed} tells repetitions apart
 * @param recipe the recipe that it starts from
 * @param overrides changes of the recipe
 */
public record ExperimentRun(Map<String, String> values, String recipe, Overrides overrides) {
  /** Copies the map. */
  public ExperimentRun {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * Creates a run with a seed.
   *
   * @param name of what distinguishes runs other than the seed, such as {@code model}
   * @param value of it
   * @param settings {@code path=value} each
   */
  public static ExperimentRun of(
      String name, String value, int seed, String recipe, List<String> settings) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put(name, value);
    values.put(SweepGrid.SEED, Integer.toString(seed));
    Overrides overrides = Overrides.parse(settings).and(Overrides.of(SweepGrid.SEED + "=" + seed));
    return new ExperimentRun(values, recipe, overrides);
  }

  /** Returns its configuration. */
  RunConfiguration configuration(Catalog catalog) {
    return Configurations.load(catalog, recipe, null, overrides);
  }
}
