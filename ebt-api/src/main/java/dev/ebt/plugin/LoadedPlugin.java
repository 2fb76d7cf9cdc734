package dev.ebt.plugin;

/**
 * A plugin and where it came from.
 *
 * @param name its own name
 * @param origin the jar or folder that its class was loaded from
 */
public record LoadedPlugin(String name, EbtPlugin plugin, String origin) {
  /** For messages: {@code plugin 'text' (ebt-text.jar)}. */
  @Override
  public String toString() {
    return "plugin '" + name + "' (" + origin + ")";
  }
}
