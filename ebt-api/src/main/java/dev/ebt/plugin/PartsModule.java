package dev.ebt.plugin;

import com.google.inject.AbstractModule;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.util.Types;

/**
 * A Guice module of a catalog: for every kind of part a {@code Map<String, Factory<Kind, ?>>} by
 * name, and the catalog itself.
 */
public final class PartsModule extends AbstractModule {
  private final Catalog catalog;

  /** Creates the module of this catalog. */
  public PartsModule(Catalog catalog) {
    this.catalog = catalog;
  }

  @Override
  protected void configure() {
    bind(Catalog.class).toInstance(catalog);
    for (PartKind kind : PartKind.values()) {
      bindKind(kind);
    }
  }

  @SuppressWarnings("unchecked") // A factory of the kind's list makes parts of the kind's type.
  private void bindKind(PartKind kind) {
    TypeLiteral<Factory<?, ?>> factory =
        (TypeLiteral<Factory<?, ?>>)
            TypeLiteral.get(
                Types.newParameterizedType(
                    Factory.class, kind.type(), Types.subtypeOf(Record.class)));
    MapBinder<String, Factory<?, ?>> binder =
        MapBinder.newMapBinder(binder(), TypeLiteral.get(String.class), factory);
    catalog.factories(kind).forEach((name, made) -> binder.addBinding(name).toInstance(made));
  }
}
