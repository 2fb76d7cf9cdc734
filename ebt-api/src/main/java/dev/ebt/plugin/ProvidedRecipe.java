package dev.ebt.plugin;

/**
 * A recipe that a plugin provides.
 *
 * @param text its YAML
 * @param from the plugin
 */
record ProvidedRecipe(String text, LoadedPlugin from) {
  /** Returns the first line if it is a comment, without its mark; else an empty text. */
  String summary() {
    String line = text.lines().findFirst().orElse("");
    return line.startsWith("#") ? line.substring(1).strip() : "";
  }
}
