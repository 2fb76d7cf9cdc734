package dev.ebt.plugin;

import java.util.Map;

/**
 * A configuration with every default filled in that knows where its values came from.
 *
 * @param places where values were written, by their paths: {@code training.steps → "my.yaml, line
 *     3"}
 * @param derived what values that nobody wrote were derived from, by their paths
 */
public record ResolvedConfiguration(
    RunConfiguration configuration, Map<String, String> places, Map<String, String> derived) {

  /** Keeps the maps unmodifiable. */
  public ResolvedConfiguration {
    places = Map.copyOf(places);
    derived = Map.copyOf(derived);
  }

  /** Where the value at a path came from, for a person. */
  public String origin(String path) {
    String from = derived.get(path);
    return from == null ? places.getOrDefault(path, "the default") : "derived from " + from;
  }
}
