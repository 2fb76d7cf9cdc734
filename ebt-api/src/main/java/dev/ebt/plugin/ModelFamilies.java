package dev.ebt.plugin;

import static dev.ebt.plugin.PluginCall.ask;

import dev.ebt.energy.Model;
import dev.ebt.error.UserException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The model families of all plugins. */
record ModelFamilies(List<Entry> entries) {

  /** A family with the plugin that brings it. */
  record Entry(
      ModelFamily family,
      String name,
      String summary,
      Class<? extends Model> type,
      LoadedPlugin from) {}

  /**
   * Returns the families that a plugin provides.
   *
   * @throws UserException if it fails
   */
  static List<Entry> read(LoadedPlugin plugin) {
    List<Entry> entries = new ArrayList<>();
    List<ModelFamily> given = ask(plugin, "its model families", plugin.plugin()::families);
    for (ModelFamily family : given) {
      if (family == null) {
        throw new UserException(plugin + " has null among its model families");
      }
      String name = ask(plugin, "the name of a model family", family::name);
      String which = "model family '" + name + "'";
      entries.add(
          new Entry(
              family,
              name,
              ask(plugin, "the summary of " + which, family::summary),
              ask(plugin, "the type of " + which, family::type),
              plugin));
    }
    return entries;
  }

  /**
   * Collects model families.
   *
   * @throws UserException if two are for the same type
   */
  static ModelFamilies of(Collection<Entry> entries) {
    Map<Class<?>, Entry> byType = new LinkedHashMap<>();
    for (Entry entry : entries) {
      Entry other = byType.putIfAbsent(entry.type(), entry);
      if (other != null) {
        throw sameType(other, entry);
      }
    }
    return new ModelFamilies(List.copyOf(byType.values()));
  }

  private static UserException sameType(Entry one, Entry other) {
    return new UserException(
        String.format(
            Locale.ROOT,
            "two model families are for %s: '%s' of %s, '%s' of %s; leave one of the plugins out",
            one.type().getName(),
            one.name(),
            one.from(),
            other.name(),
            other.from()));
  }

  /**
   * Returns the family of a model: of those whose type it implements, the one with the most
   * specific type.
   *
   * @throws UserException if no family is for such a model, or none is the most specific
   */
  ModelFamily of(Model model) {
    List<Entry> fitting = entries.stream().filter(e -> e.type().isInstance(model)).toList();
    if (fitting.isEmpty()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "no model family is for %s; its plugin has to bring one, by EbtPlugin.families",
              model.getClass().getName()));
    }
    return fitting.stream()
        .filter(e -> fitting.stream().allMatch(o -> o.type().isAssignableFrom(e.type())))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    String.format(
                        Locale.ROOT,
                        "%s belongs to several model families, %s; a family for its own type expected",
                        model.getClass().getName(),
                        String.join(", ", fitting.stream().map(Entry::name).toList()))))
        .family();
  }
}
