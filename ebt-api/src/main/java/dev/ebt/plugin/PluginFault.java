package dev.ebt.plugin;

/**
 * A fault in the code of a plugin: nothing that a user has configured wrongly. The message names
 * the plugin and its jar; the cause is what its code threw.
 */
public final class PluginFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String plugin;

  PluginFault(Object plugin, String what, Throwable cause) {
    super(plugin + " failed when asked for " + what + ": " + cause, cause);
    this.plugin = plugin.toString();
  }

  /** Returns the name of the plugin and its jar. */
  public String plugin() {
    return plugin;
  }
}
