package dev.ebt.plugin;

import static dev.ebt.plugin.PluginCall.ask;

import dev.ebt.energy.Model;
import dev.ebt.error.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
   * Returns the families of these plugins.
   *
   * @throws UserException if two are for the same type, or if a plugin fails
   */
  static ModelFamilies of(List<LoadedPlugin> plugins) {
    List<Entry> entries = new ArrayList<>();
    for (LoadedPlugin plugin : plugins) {
      List<ModelFamily> given = ask(plugin, "its model families", plugin.plugin()::families);
      for (ModelFamily family : given) {
        if (family == null) {
          throw new UserException(plugin + " has null among its model families");
        }
        String name = ask(plugin, "the name of a model family", family::name);
        String which = "model family '" + name + "'";
        Entry entry =
            new Entry(
                family,
                name,
                ask(plugin, "the summary of " + which, family::summary),
                ask(plugin, "the type of " + which, family::type),
                plugin);
        entries.stream()
            .filter(other -> other.type() == entry.type())
            .findFirst()
            .ifPresent(other -> refuse(other, entry));
        entries.add(entry);
      }
    }
    return new ModelFamilies(List.copyOf(entries));
  }

  private static void refuse(Entry one, Entry other) {
    throw new UserException(
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
