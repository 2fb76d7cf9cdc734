package dev.ebt.plugin;

import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import java.util.Map;

/**
 * A configuration with every default filled in, and the origins of its values.
 *
 * @param origins the origins of the values that are not defaults, by their paths
 * @param overrides the overrides among these values
 */
public record ResolvedConfiguration(
    RunConfiguration configuration, Map<String, Origin> origins, Overrides overrides) {

  /** Copies the map. */
  public ResolvedConfiguration {
    origins = Map.copyOf(origins);
  }

  /** Returns a configuration whose values have no known origin. */
  public static ResolvedConfiguration of(RunConfiguration configuration) {
    return new ResolvedConfiguration(configuration, Map.of(), Overrides.none());
  }

  /**
   * Returns whether the step size is to be measured before the training, for {@code
   * thinking.stepSize: auto}. The configuration has the default one until then.
   */
  public boolean measuresStepSize() {
    return origin(Configurations.STEP_SIZE).equals(Origin.MEASURED);
  }

  /** Returns the origin of the value at a path. */
  public Origin origin(String path) {
    return origins.getOrDefault(path, Origin.DEFAULT);
  }
}
