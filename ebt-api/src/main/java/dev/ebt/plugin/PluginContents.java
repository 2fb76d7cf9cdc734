package dev.ebt.plugin;

import static dev.ebt.plugin.PluginCall.ask;

import dev.ebt.error.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Everything that one plugin provides, read once and checked. */
record PluginContents(
    LoadedPlugin plugin,
    Map<PartName, ProvidedPart> parts,
    Map<String, ProvidedRecipe> recipes,
    List<SuggestedRecipes.Entry> suggestedRecipes,
    List<ModelFamilies.Entry> families,
    List<BundledModels.Entry> bundledModels) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  /**
   * Reads what a plugin provides.
   *
   * @throws UserException if it was built for another version of the SPI, names two parts alike, or
   *     fails
   */
  static PluginContents of(LoadedPlugin plugin) {
    int version = ask(plugin, "its SPI version", plugin.plugin()::spiVersion);
    SpiVersions.SUPPORTED.check(version, plugin, Origins.of(EbtPlugin.class));
    return new PluginContents(
        plugin,
        parts(plugin),
        recipes(plugin),
        SuggestedRecipes.read(plugin),
        ModelFamilies.read(plugin),
        BundledModels.read(plugin));
  }

  private static Map<PartName, ProvidedPart> parts(LoadedPlugin plugin) {
    Map<PartName, ProvidedPart> parts = new LinkedHashMap<>();
    for (PartKind kind : PartKind.values()) {
      for (Factory<?, ?> factory : factories(plugin, kind)) {
        String name = checkedName(kind.word(), ask(plugin, "a name", factory::name), plugin);
        String part = kind.word() + " '" + name + "'";
        String summary = ask(plugin, "the summary of " + part, factory::summary);
        ask(plugin, "the settings of " + part, factory::settings);
        if (parts.put(new PartName(kind, name), new ProvidedPart(factory, summary, plugin))
            != null) {
          throw sameName(kind.word(), name, plugin, plugin);
        }
      }
    }
    return parts;
  }

  private static List<Factory<?, ?>> factories(LoadedPlugin plugin, PartKind kind) {
    String what = "its " + kind.word() + " parts";
    List<? extends Factory<?, ?>> given = ask(plugin, what, () -> kind.of(plugin.plugin()));
    List<Factory<?, ?>> factories = ask(plugin, what, () -> new ArrayList<>(given));
    if (factories.contains(null)) {
      throw new UserException(plugin + " has null among its " + kind.word() + " parts");
    }
    return factories;
  }

  private static Map<String, ProvidedRecipe> recipes(LoadedPlugin plugin) {
    Map<String, String> given = ask(plugin, "its recipes", plugin.plugin()::recipes);
    Map<String, String> texts = ask(plugin, "its recipes", () -> new LinkedHashMap<>(given));
    if (texts.containsKey(null) || texts.containsValue(null)) {
      throw new UserException(plugin + " has a recipe whose name or text is null");
    }
    Map<String, ProvidedRecipe> recipes = new LinkedHashMap<>();
    texts.forEach(
        (name, text) ->
            recipes.put(checkedName("recipe", name, plugin), new ProvidedRecipe(text, plugin)));
    return recipes;
  }

  /**
   * Returns a name.
   *
   * @throws UserException if it is no name of a part
   */
  static String checkedName(String kind, String name, LoadedPlugin plugin) {
    if (!NAME.matcher(name).matches()) {
      throw new UserException(
          plugin
              + " names a part of kind "
              + kind
              + " '"
              + name
              + "'; lower-case letters, digits and single dashes expected");
    }
    return name;
  }

  /** Creates the error for two parts of one kind with the same name. */
  static UserException sameName(String kind, String name, LoadedPlugin first, LoadedPlugin second) {
    return new UserException(
        "two parts are called "
            + kind
            + " '"
            + name
            + "': one of "
            + first
            + ", one of "
            + second
            + "; leave one of the plugins away");
  }
}
