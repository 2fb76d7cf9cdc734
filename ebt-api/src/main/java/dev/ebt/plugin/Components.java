package dev.ebt.plugin;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import dev.ebt.error.OutOfMemory;
import dev.ebt.error.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A run whose parts are wired: ask for a part by its SPI type, or for any class whose constructor
 * is marked {@code @Inject} and wants such parts. Parts are made when first asked for, and once.
 * Closing closes the backend and whatever other part can be closed.
 */
public final class Components implements AutoCloseable {
  private final Injector injector;

  private Components(Injector injector) {
    this.injector = injector;
  }

  /**
   * Wires what a configuration names out of what a catalog holds.
   *
   * @param more further bindings, for the classes that use the parts
   */
  public static Components of(Catalog catalog, RunConfiguration configuration, Module... more) {
    return of(catalog, new RunModule(configuration), more);
  }

  /** The same for a run that has begun: parts find the files that it keeps for them. */
  public static Components of(Catalog catalog, RunConfiguration configuration, Path folder) {
    return of(catalog, new RunModule(configuration, folder));
  }

  private static Components of(Catalog catalog, RunModule run, Module... more) {
    List<Module> modules = new ArrayList<>(List.of(more));
    modules.add(new PartsModule(catalog));
    modules.add(run);
    return new Components(Guice.createInjector(Stage.DEVELOPMENT, modules));
  }

  /**
   * The object of this type.
   *
   * @throws UserException if what its user configured does not work, as it was first thrown
   */
  public <T> T get(Class<T> type) {
    return asThrown(() -> injector.getInstance(type));
  }

  /**
   * What an injector gives; a user's mistake, or that there is no memory left, comes out of it as
   * it was first thrown.
   */
  static <T> T asThrown(Supplier<T> injected) {
    try {
      return injected.get();
    } catch (ProvisionException e) {
      Throwable cause = e;
      while (cause instanceof ProvisionException && cause.getCause() != null) {
        cause = cause.getCause();
      }
      if (cause instanceof UserException mistake) {
        throw mistake;
      }
      OutOfMemory.rethrow(e);
      throw e;
    }
  }

  @Override
  public void close() {
    get(RunContext.class).close();
  }
}
