package dev.ebt.plugin;

import static dev.ebt.plugin.PluginCall.ask;

import dev.ebt.energy.Model;
import dev.ebt.error.UnknownName;
import dev.ebt.error.UserException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** An immutable catalog of all parts that the plugins provide, by kind and name. */
public final class Catalog {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  private final List<LoadedPlugin> plugins;
  private final Map<PartKind, Map<String, Part>> parts;
  private final Map<String, Recipe> recipes;
  private final SuggestedRecipes suggested;
  private final ModelFamilies families;
  private final ProgressListener watch;

  private record Part(Factory<?, ?> factory, String summary, LoadedPlugin from) {}

  private record Recipe(String text, LoadedPlugin from) {}

  /**
   * An entry of a listing.
   *
   * @param kind the word for the kind of part
   * @param plugin the name of the plugin that provides it
   * @param origin the jar or folder of that plugin
   */
  public record Entry(String kind, String name, String summary, String plugin, String origin) {}

  private Catalog(
      List<LoadedPlugin> plugins,
      Map<PartKind, Map<String, Part>> parts,
      Map<String, Recipe> recipes,
      SuggestedRecipes suggested,
      ModelFamilies families,
      ProgressListener watch) {
    this.plugins = List.copyOf(plugins);
    this.parts = parts;
    this.recipes = recipes;
    this.suggested = suggested;
    this.families = families;
    this.watch = watch;
  }

  /** Returns a catalog of the same parts that reports slow creation of parts to this listener. */
  public Catalog withProgress(ProgressListener progress) {
    return new Catalog(plugins, parts, recipes, suggested, families, progress);
  }

  /** Returns the listener for parts that take long to create. */
  ProgressListener watch() {
    return watch;
  }

  /** Returns a catalog of the parts of these plugin objects: for tests and embedding. */
  public static Catalog of(EbtPlugin... plugins) {
    List<LoadedPlugin> loaded = new ArrayList<>();
    for (EbtPlugin plugin : plugins) {
      loaded.add(LoadedPlugin.of(plugin));
    }
    return of(loaded);
  }

  /**
   * Returns a catalog of the parts of these plugins.
   *
   * @throws UserException if two of them use one name, if one was built for another version of the
   *     SPI, or if one fails
   */
  public static Catalog of(List<LoadedPlugin> plugins) {
    Map<String, LoadedPlugin> byName = new TreeMap<>();
    Map<PartKind, Map<String, Part>> parts = new EnumMap<>(PartKind.class);
    Map<String, Recipe> recipes = new TreeMap<>();
    for (PartKind kind : PartKind.values()) {
      parts.put(kind, new TreeMap<>());
    }
    for (LoadedPlugin plugin : plugins) {
      checkVersion(plugin);
      LoadedPlugin other = byName.put(plugin.name(), plugin);
      if (other != null) {
        throw new UserException(
            "two plugins are called '"
                + plugin.name()
                + "': one from "
                + other.origin()
                + ", one from "
                + plugin.origin()
                + "; leave one of them away");
      }
      for (PartKind kind : PartKind.values()) {
        for (Factory<?, ?> factory : factories(plugin, kind)) {
          String name = checkedName(kind.word(), ask(plugin, "a name", factory::name), plugin);
          String part = kind.word() + " '" + name + "'";
          String summary = ask(plugin, "the summary of " + part, factory::summary);
          ask(plugin, "the settings of " + part, factory::settings);
          Part before = parts.get(kind).put(name, new Part(factory, summary, plugin));
          if (before != null) {
            throw twice(kind.word(), name, before.from(), plugin);
          }
        }
      }
      recipes(plugin)
          .forEach(
              (name, text) -> {
                Recipe before =
                    recipes.put(checkedName("recipe", name, plugin), new Recipe(text, plugin));
                if (before != null) {
                  throw twice("recipe", name, before.from(), plugin);
                }
              });
    }
    return new Catalog(
        plugins,
        parts,
        recipes,
        SuggestedRecipes.of(plugins, recipes.keySet()),
        ModelFamilies.of(plugins),
        ProgressListener.NOBODY);
  }

  private static void checkVersion(LoadedPlugin plugin) {
    int version = ask(plugin, "its SPI version", plugin.plugin()::spiVersion);
    SpiVersions.SUPPORTED.check(version, plugin, Origins.of(EbtPlugin.class));
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

  private static Map<String, String> recipes(LoadedPlugin plugin) {
    Map<String, String> given = ask(plugin, "its recipes", plugin.plugin()::recipes);
    Map<String, String> recipes = ask(plugin, "its recipes", () -> new LinkedHashMap<>(given));
    if (recipes.containsKey(null) || recipes.containsValue(null)) {
      throw new UserException(plugin + " has a recipe whose name or text is null");
    }
    return recipes;
  }

  private static String checkedName(String kind, String name, LoadedPlugin plugin) {
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

  private static UserException twice(
      String kind, String name, LoadedPlugin first, LoadedPlugin second) {
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

  /** Returns the plugins, in the order they were found. */
  public List<LoadedPlugin> plugins() {
    return plugins;
  }

  /**
   * A part of a kind that is not named in configurations, and the plugin that provides it.
   *
   * @param <T> the kind of part
   */
  public record Provided<T>(T part, LoadedPlugin plugin) {}

  /**
   * Returns the parts that plugins of an extended interface provide, in the order of the plugins.
   *
   * @param type the interface, which adds a method to {@link EbtPlugin}
   * @param what the parts in messages, such as {@code its interactions}
   * @param method that method
   * @throws UserException naming the plugin, if one fails
   */
  public <P extends EbtPlugin, T> List<Provided<T>> provided(
      Class<P> type, String what, Function<P, ? extends List<? extends T>> method) {
    List<Provided<T>> provided = new ArrayList<>();
    for (LoadedPlugin plugin : plugins) {
      if (type.isInstance(plugin.plugin())) {
        P extended = type.cast(plugin.plugin());
        List<? extends T> given = ask(plugin, what, () -> method.apply(extended));
        for (T part : given) {
          provided.add(new Provided<>(ask(plugin, what, () -> part), plugin));
        }
      }
    }
    return provided;
  }

  /**
   * Returns the factory with this name.
   *
   * @throws UserException if there is none; the message lists the known names
   */
  public Factory<?, ?> get(PartKind kind, String name) {
    Part part = parts(kind).get(name);
    if (part == null) {
      throw unknown(kind.noun(), name, names(kind));
    }
    return part.factory();
  }

  /**
   * Returns the plugin in whose code a fault occurred, such as {@code plugin 'jitter'
   * (jitter.jar)}; empty if it is this program or one of its own plugins.
   */
  public Optional<String> pluginAtFault(Throwable fault) {
    return fault instanceof PluginFault known
        ? Optional.of(known.plugin())
        : FaultOrigin.of(fault, plugins).map(LoadedPlugin::toString);
  }

  /** Returns the plugin that provides a part. */
  LoadedPlugin source(PartKind kind, String name) {
    Part part = parts(kind).get(name);
    if (part == null) {
      throw unknown(kind.noun(), name, names(kind));
    }
    return part.from();
  }

  /**
   * Creates the error for an unknown name; one without a similar known name may belong to a plugin
   * that is not loaded.
   */
  private static UserException unknown(String kind, String name, Set<String> known) {
    UserException unknown = UnknownName.of(kind, name, known);
    return UnknownName.nearest(name, known).isPresent()
        ? unknown
        : new UserException(unknown.getMessage() + "; --plugins JAR adds those of a plugin");
  }

  /** Returns the factory with this name, by the SPI type of its kind. */
  @SuppressWarnings("unchecked") // The kind's list in EbtPlugin has this type.
  public <T> Factory<? extends T, ?> get(Class<T> kind, String name) {
    return (Factory<? extends T, ?>) get(PartKind.of(kind), name);
  }

  /** Returns the names of a kind, sorted. */
  public Set<String> names(PartKind kind) {
    return Collections.unmodifiableSet(parts(kind).keySet());
  }

  private Map<String, Part> parts(PartKind kind) {
    return parts.getOrDefault(kind, Map.of());
  }

  /** Returns the YAML text of a recipe. */
  public String recipe(String name) {
    Recipe recipe = recipes.get(name);
    if (recipe == null) {
      throw unknown("recipe", name, recipes.keySet());
    }
    return recipe.text();
  }

  /** Returns the names of the recipes, sorted. */
  public Set<String> recipes() {
    return Collections.unmodifiableSet(recipes.keySet());
  }

  /** Returns the recipes that plugins suggest for data. */
  public List<SuggestedRecipe> suggestedRecipes() {
    return suggested.all();
  }

  /**
   * Returns the name of the recipe to use where none is named.
   *
   * @param data whether there is data of a user
   * @throws UserException if no plugin has a default recipe
   */
  public String defaultRecipe(boolean data) {
    return suggested.standard(data);
  }

  /**
   * Returns the family of a model.
   *
   * @throws UserException if no plugin brings one
   */
  public ModelFamily family(Model model) {
    return families.of(model);
  }

  /** Returns all parts, model families and recipes, by kind and name. */
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    parts.forEach(
        (kind, named) ->
            named.forEach(
                (name, part) ->
                    entries.add(entry(kind.word(), name, part.summary(), part.from()))));
    families
        .entries()
        .forEach(f -> entries.add(entry("model family", f.name(), f.summary(), f.from())));
    recipes.forEach(
        (name, recipe) -> entries.add(entry("recipe", name, firstComment(recipe), recipe.from())));
    return List.copyOf(entries);
  }

  private static Entry entry(String kind, String name, String summary, LoadedPlugin from) {
    return new Entry(kind, name, summary, from.name(), from.origin());
  }

  /** Returns the first line of a recipe if it is a comment: its summary. */
  private static String firstComment(Recipe recipe) {
    String line = recipe.text().lines().findFirst().orElse("");
    return line.startsWith("#") ? line.substring(1).strip() : "";
  }
}
