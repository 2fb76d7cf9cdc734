package dev.ebt.plugin;

/**
 * A named part that a plugin provides.
 *
 * @param summary the one-line description of the factory
 * @param from the plugin
 */
record ProvidedPart(Factory<?, ?> factory, String summary, LoadedPlugin from) {}
