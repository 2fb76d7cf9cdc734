package dev.ebt.plugin;

import com.google.inject.Injector;
import com.google.inject.ProvisionException;
import dev.ebt.error.OutOfMemoryErrors;
import dev.ebt.error.UserException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The injector of a run, which creates the parts that its configuration names. {@link #get} returns
 * a part by its SPI type, or an instance of any class whose constructor is marked {@code @Inject}
 * and takes such parts. Each part is created once, on first use. Closing closes the backend and
 * every other part that can be closed.
 */
public final class Components implements AutoCloseable {
  private final Injector injector;

  private Components(Injector injector) {
    this.injector = injector;
  }

  /** Wires the parts that a configuration names, taken from a catalog. */
  public static Components of(Catalog catalog, RunConfiguration configuration) {
    return of(catalog, ResolvedConfiguration.of(configuration));
  }

  /**
   * Wires the parts of a configuration whose values have origins, for messages. If it starts from
   * the weights of another run, parts find the files stored in that run's folder.
   */
  public static Components of(Catalog catalog, ResolvedConfiguration configuration) {
    Path from = InitialWeights.of(catalog, configuration.configuration()).run();
    return of(catalog, configuration, from, PerformanceHint.THROUGHPUT);
  }

  /** Wires the parts of a run that has begun: parts find the files stored in its folder. */
  public static Components of(Catalog catalog, RunConfiguration configuration, Path folder) {
    return of(catalog, ResolvedConfiguration.of(configuration), folder);
  }

  /** Wires the parts of a run that has begun: parts find the files stored in its folder. */
  public static Components of(Catalog catalog, ResolvedConfiguration configuration, Path folder) {
    return of(catalog, configuration, folder, PerformanceHint.THROUGHPUT);
  }

  /**
   * Wires the parts of a configuration, for which a backend may choose its number of threads.
   *
   * @param folder of the run that has begun, if any
   */
  public static Components of(
      Catalog catalog,
      ResolvedConfiguration configuration,
      @Nullable Path folder,
      PerformanceHint hint) {
    return of(catalog, configuration, new RunFolder(folder), hint);
  }

  private static Components of(
      Catalog catalog,
      ResolvedConfiguration configuration,
      RunFolder folder,
      PerformanceHint hint) {
    return new Components(catalog.injectorWith(new RunModule(configuration, folder, hint)));
  }

  /**
   * Returns the instance of this type.
   *
   * @throws UserException if the configuration does not work; the original exception
   */
  public <T> T get(Class<T> type) {
    return asThrown(() -> injector.getInstance(type));
  }

  /** Adds a resource to close with the parts, before them, and returns it. */
  public <R extends AutoCloseable> R own(R resource) {
    return get(RunScope.class).own(resource);
  }

  /**
   * Returns what an injector supplies; a {@link UserException} or an out-of-memory error is
   * rethrown as it was first thrown.
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
      if (cause instanceof PluginFault fault) {
        throw fault;
      }
      OutOfMemoryErrors.rethrow(e);
      throw e;
    }
  }

  @Override
  public void close() {
    get(RunScope.class).close();
  }
}
