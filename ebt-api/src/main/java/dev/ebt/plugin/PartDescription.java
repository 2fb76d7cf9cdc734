package dev.ebt.plugin;

import java.util.ArrayList;
import java.util.List;

/**
 * A description of a part and its settings.
 *
 * @param kind the word for its kind
 * @param name its name in configurations
 * @param summary its purpose in a line
 * @param plugin the name of the plugin that provides it
 * @param settings its settings, in the order of their record; the options of an interaction
 * @param configuration the configuration that a recipe stands for, as YAML; empty for other parts
 */
public record PartDescription(
    String kind,
    String name,
    String summary,
    String plugin,
    List<SettingDescription> settings,
    String configuration) {

  /** Makes an unmodifiable copy of the list. */
  public PartDescription {
    settings = List.copyOf(settings);
  }

  /**
   * Returns the description of a part that configurations name.
   *
   * @throws dev.ebt.error.UserException if there is none; the message suggests names
   */
  public static PartDescription of(Catalog catalog, PartKind kind, String name) {
    Factory<?, ?> factory = catalog.get(kind, name);
    List<SettingDescription> settings = new ArrayList<>(SettingDescriptions.of(factory.settings()));
    if (kind.isWeighted()) {
      settings.addAll(0, SettingDescriptions.of(Weight.class));
    }
    return new PartDescription(
        kind.word(), name, factory.summary(), catalog.source(kind, name).name(), settings, "");
  }
}
