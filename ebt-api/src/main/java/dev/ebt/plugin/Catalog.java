package dev.ebt.plugin;

import static dev.ebt.plugin.PluginCall.ask;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.Stage;
import dev.ebt.energy.Model;
import dev.ebt.error.UnknownName;
import dev.ebt.error.UserException;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * An immutable catalog of all parts that the plugins provide, by kind and name. It is created by an
 * injector from what the modules of the plugins contribute; the injectors of runs are children of
 * this injector.
 */
public final class Catalog {
  private final Injector injector;
  private final List<LoadedPlugin> plugins;
  private final Map<PartKind, Map<String, ProvidedPart>> parts = new EnumMap<>(PartKind.class);
  private final Map<String, ProvidedRecipe> recipes = new TreeMap<>();
  private final SuggestedRecipes suggested;
  private final ModelFamilies families;
  private final BundledModels bundled;

  /**
   * An entry of a listing.
   *
   * @param kind the word for the kind of part
   * @param plugin the name of the plugin that provides it
   * @param origin the jar or folder of that plugin
   */
  public record Entry(String kind, String name, String summary, String plugin, String origin) {}

  /**
   * Creates a catalog; called by the injector.
   *
   * @throws UserException if two plugins, or two parts of a kind, have one name
   */
  @Inject
  Catalog(
      Injector injector,
      Map<String, Set<LoadedPlugin>> plugins,
      Map<PartName, Set<ProvidedPart>> parts,
      Map<String, Set<ProvidedRecipe>> recipes,
      Set<SuggestedRecipes.Entry> suggested,
      Set<ModelFamilies.Entry> families,
      Set<BundledModels.Entry> bundled) {
    this.injector = injector;
    this.plugins = plugins.values().stream().map(UniqueNames::plugin).toList();
    parts.forEach(
        (key, same) ->
            this.parts
                .computeIfAbsent(key.kind(), kind -> new TreeMap<>())
                .put(
                    key.name(),
                    UniqueNames.of(key.kind().word(), key.name(), same, ProvidedPart::from)));
    recipes.forEach(
        (name, same) ->
            this.recipes.put(name, UniqueNames.of("recipe", name, same, ProvidedRecipe::from)));
    this.suggested = SuggestedRecipes.of(suggested, this.recipes.keySet());
    this.families = ModelFamilies.of(families);
    this.bundled = BundledModels.of(bundled);
  }

  /** Returns a catalog of the parts of these plugin objects: for tests and embedding. */
  public static Catalog of(EbtPlugin... plugins) {
    return of(Stream.of(plugins).map(LoadedPlugin::of).toList());
  }

  /**
   * Returns a catalog of the parts of these plugins.
   *
   * @throws UserException if two of them use one name, if one was built for another version of the
   *     SPI, or if one fails
   */
  public static Catalog of(List<LoadedPlugin> plugins) {
    return of(noApplication(), plugins);
  }

  /** Returns the parent of a catalog's injector in a program without an application injector. */
  static Injector noApplication() {
    return Guice.createInjector(
        Stage.DEVELOPMENT,
        binder -> binder.bind(ProgressListener.class).toInstance(ProgressListener.NOBODY));
  }

  /**
   * Returns a catalog of the parts of these plugins.
   *
   * @param application the parent of the catalog's injector; it has a {@link ProgressListener}
   */
  static Catalog of(Injector application, List<LoadedPlugin> plugins) {
    List<PluginContents> contents = plugins.stream().map(PluginContents::of).toList();
    Injector injector = application.createChildInjector(new PluginsModule(contents));
    return Components.asThrown(() -> injector.getInstance(Catalog.class));
  }

  /** Returns a child of the catalog's injector, with the bindings of a module. */
  Injector injectorWith(Module module) {
    return injector.createChildInjector(module);
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
    ProvidedPart part = parts(kind).get(name);
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
    ProvidedPart part = parts(kind).get(name);
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

  private Map<String, ProvidedPart> parts(PartKind kind) {
    return parts.getOrDefault(kind, Map.of());
  }

  /** Returns the YAML text of a recipe. */
  public String recipe(String name) {
    ProvidedRecipe recipe = recipes.get(name);
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

  /** Returns the names of the bundled models, sorted. */
  public Set<String> bundledModels() {
    return bundled.names();
  }

  /**
   * Returns the bundled model with this name.
   *
   * @throws UserException if there is none; the message lists the known names
   */
  public BundledModel bundledModel(String name) {
    return bundled.all().stream()
        .map(BundledModels.Entry::model)
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(BundledModels.KIND, name, bundled.names()));
  }

  /**
   * Returns the bundled model that commands open where no run is named.
   *
   * @throws UserException if no plugin has one, or several do
   */
  public BundledModel standardModel() {
    return bundled.standard();
  }

  /** Returns all parts, model families, recipes and bundled models, by kind and name. */
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
        (name, recipe) -> entries.add(entry("recipe", name, recipe.summary(), recipe.from())));
    bundled
        .all()
        .forEach(
            m ->
                entries.add(
                    entry(BundledModels.KIND, m.model().name(), m.model().summary(), m.from())));
    return List.copyOf(entries);
  }

  private static Entry entry(String kind, String name, String summary, LoadedPlugin from) {
    return new Entry(kind, name, summary, from.name(), from.origin());
  }
}
