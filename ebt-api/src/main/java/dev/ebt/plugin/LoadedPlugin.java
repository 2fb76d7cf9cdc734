package dev.ebt.plugin;

import dev.ebt.error.UserException;
import java.util.regex.Pattern;

/**
 * A plugin and its origin.
 *
 * @param name the name that the plugin returns
 * @param origin the jar or folder that its class was loaded from
 */
public record LoadedPlugin(String name, EbtPlugin plugin, String origin) {
  private static final Pattern NAME =
      Pattern.compile("[^\\p{C}\\s](?:[^\\p{C}]{0,58}[^\\p{C}\\s])?");

  /**
   * Returns a loaded plugin for an instance: one of the program's own, or one just loaded.
   *
   * @throws UserException if its name cannot be obtained or is not printable
   */
  static LoadedPlugin of(EbtPlugin plugin) {
    String origin = Origins.of(plugin.getClass());
    String described = "plugin class " + plugin.getClass().getName() + " (" + origin + ")";
    String name = PluginCall.ask(described, "its name", plugin::name);
    if (!NAME.matcher(name).matches()) {
      throw new UserException(
          described + " calls itself '" + name + "'; 1 to 60 printable characters expected");
    }
    return new LoadedPlugin(name, plugin, origin);
  }

  /** Returns a text for messages: {@code plugin 'text' (ebt-text.jar)}. */
  @Override
  public String toString() {
    return "plugin '" + name + "' (" + origin + ")";
  }
}
