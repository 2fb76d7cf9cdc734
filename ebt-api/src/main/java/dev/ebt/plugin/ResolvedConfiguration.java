package dev.ebt.plugin;

import java.util.Map;

/**
 * A configuration with every default filled in, and the origins of its values.
 *
 * @param places the places where values were written, by their paths: {@code training.steps →
 *     "my.yaml, line 3"}
 * @param derived the sources that unwritten values were derived from, by their paths
 */
public record ResolvedConfiguration(
    RunConfiguration configuration, Map<String, String> places, Map<String, String> derived) {

  /** Copies the maps. */
  public ResolvedConfiguration {
    places = Map.copyOf(places);
    derived = Map.copyOf(derived);
  }

  /** Returns the origin of the value at a path, as a text for people. */
  public String origin(String path) {
    String from = derived.get(path);
    return from == null ? places.getOrDefault(path, "the default") : "derived from " + from;
  }
}
