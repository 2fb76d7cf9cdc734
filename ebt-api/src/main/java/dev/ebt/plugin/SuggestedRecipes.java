package dev.ebt.plugin;

import static dev.ebt.plugin.PluginCall.ask;

import dev.ebt.error.UserException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The recipes that plugins suggest for data, among which are the default ones. */
final class SuggestedRecipes {
  private final List<SuggestedRecipe> all = new ArrayList<>();
  private final Map<Boolean, LoadedPlugin> origins = new TreeMap<>();
  private final Map<Boolean, String> standard = new TreeMap<>();

  /**
   * A suggested recipe with the plugin that suggests it.
   *
   * @param from the plugin
   */
  record Entry(SuggestedRecipe recipe, LoadedPlugin from) {}

  /** Returns the recipes that a plugin suggests. */
  static List<Entry> read(LoadedPlugin plugin) {
    return ask(plugin, "its suggested recipes", plugin.plugin()::suggestedRecipes).stream()
        .map(recipe -> new Entry(recipe, plugin))
        .toList();
  }

  /**
   * Collects suggested recipes.
   *
   * @param known the names of all recipes
   * @throws UserException if one is unknown, or if two plugins have a default one
   */
  static SuggestedRecipes of(Collection<Entry> entries, Set<String> known) {
    SuggestedRecipes recipes = new SuggestedRecipes();
    entries.forEach(entry -> recipes.add(entry.recipe(), entry.from(), known));
    return recipes;
  }

  private void add(SuggestedRecipe recipe, LoadedPlugin plugin, Set<String> known) {
    if (!known.contains(recipe.name())) {
      throw new UserException(
          plugin + " suggests the recipe '" + recipe.name() + "', which no plugin has");
    }
    all.add(recipe);
    if (recipe.standard()) {
      LoadedPlugin other = origins.put(recipe.takesData(), plugin);
      if (other != null) {
        throw new UserException(
            "two recipes are the default one "
                + (recipe.takesData() ? "for data" : "without data")
                + ": one of "
                + other
                + ", one of "
                + plugin
                + "; leave one of the plugins away");
      }
      standard.put(recipe.takesData(), recipe.name());
    }
  }

  /** Returns all of them, in the order of the plugins. */
  List<SuggestedRecipe> all() {
    return List.copyOf(all);
  }

  /**
   * Returns the name of the recipe to use where none is named.
   *
   * @param data whether there is data of a user
   */
  String standard(boolean data) {
    String name = standard.get(data);
    if (name == null) {
      throw new UserException("no plugin has a default recipe; name one by --recipe");
    }
    return name;
  }
}
