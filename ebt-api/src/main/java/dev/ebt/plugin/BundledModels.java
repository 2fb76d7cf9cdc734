package dev.ebt.plugin;

import static dev.ebt.plugin.PluginCall.ask;

import dev.ebt.error.UserException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The bundled models of all plugins. */
final class BundledModels {
  /** The word for such models in listings. */
  static final String KIND = "bundled model";

  private final Map<String, Entry> byName = new TreeMap<>();

  /** A model with the plugin that brings it. */
  record Entry(BundledModel model, LoadedPlugin from) {
    @Override
    public String toString() {
      return model + " of " + from;
    }
  }

  /**
   * Returns the models that a plugin provides.
   *
   * @throws UserException if it fails
   */
  static List<Entry> read(LoadedPlugin plugin) {
    return ask(plugin, "its bundled models", () -> List.copyOf(plugin.plugin().bundledModels()))
        .stream()
        .map(model -> new Entry(model, plugin))
        .toList();
  }

  /**
   * Collects models.
   *
   * @throws UserException if two have one name
   */
  static BundledModels of(Collection<Entry> entries) {
    BundledModels models = new BundledModels();
    entries.forEach(models::add);
    return models;
  }

  private void add(Entry entry) {
    String name = PluginContents.checkedName(KIND, entry.model().name(), entry.from());
    Entry other = byName.putIfAbsent(name, entry);
    if (other != null) {
      throw PluginContents.sameName(KIND, name, other.from(), entry.from());
    }
  }

  /** Returns the names, sorted. */
  Set<String> names() {
    return Collections.unmodifiableSet(byName.keySet());
  }

  /** Returns all of them, sorted by name. */
  Collection<Entry> all() {
    return byName.values();
  }

  /**
   * Returns the model that commands open where no run is named.
   *
   * @throws UserException if there is none, or several
   */
  BundledModel standard() {
    List<Entry> standard = all().stream().filter(entry -> entry.model().standard()).toList();
    if (standard.size() != 1) {
      throw new UserException(
          standard.isEmpty()
              ? "no plugin has a standard model; name a run"
              : "several models are the standard one: "
                  + String.join(", ", standard.stream().map(Entry::toString).toList())
                  + "; name one of them, or leave a plugin away");
    }
    return standard.get(0).model();
  }
}
