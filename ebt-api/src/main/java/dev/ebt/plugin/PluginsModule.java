package dev.ebt.plugin;

import static com.google.inject.multibindings.MapBinder.newMapBinder;
import static com.google.inject.multibindings.Multibinder.newSetBinder;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.multibindings.Multibinder;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The Guice module of plugins and their {@link Catalog}. Map binders hold plugins by name, parts by
 * kind and name, and recipes by name; set binders hold suggested recipes, model families and
 * bundled models. A key may have several values, so that the catalog refuses them in its own words.
 */
final class PluginsModule extends AbstractModule {
  private final List<PluginContents> contents;

  /** Creates a module of what plugins provide, in the order of the plugins. */
  PluginsModule(List<PluginContents> contents) {
    this.contents = contents;
  }

  @Override
  protected void configure() {
    MapBinder<String, LoadedPlugin> plugins =
        newMapBinder(binder(), String.class, LoadedPlugin.class).permitDuplicates();
    MapBinder<PartName, ProvidedPart> parts =
        newMapBinder(binder(), PartName.class, ProvidedPart.class).permitDuplicates();
    MapBinder<String, ProvidedRecipe> recipes =
        newMapBinder(binder(), String.class, ProvidedRecipe.class).permitDuplicates();
    Multibinder<SuggestedRecipes.Entry> suggested =
        newSetBinder(binder(), SuggestedRecipes.Entry.class);
    Multibinder<ModelFamilies.Entry> families = newSetBinder(binder(), ModelFamilies.Entry.class);
    Multibinder<BundledModels.Entry> models = newSetBinder(binder(), BundledModels.Entry.class);
    for (PluginContents provided : contents) {
      plugins.addBinding(provided.plugin().name()).toInstance(provided.plugin());
      provided.parts().forEach((name, part) -> parts.addBinding(name).toInstance(part));
      provided.recipes().forEach((name, recipe) -> recipes.addBinding(name).toInstance(recipe));
      provided.suggestedRecipes().forEach(entry -> suggested.addBinding().toInstance(entry));
      provided.families().forEach(entry -> families.addBinding().toInstance(entry));
      provided.bundledModels().forEach(entry -> models.addBinding().toInstance(entry));
    }
    bind(Catalog.class).in(Singleton.class);
  }
}
