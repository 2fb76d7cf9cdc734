package dev.ebt.bench.application;

import com.google.inject.Injector;
import dev.ebt.bench.command.GlobalOptions;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Plugins;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the plugins on the class path and of those that {@code --plugins} names, discovered
 * on first use and again when the option has another value. The injectors of the catalog and of
 * runs are descendants of the application's.
 */
@Singleton
final class DiscoveredCatalog implements Supplier<Catalog> {
  private final GlobalOptions options;
  private final Injector application;
  private @Nullable Catalog catalog;
  private List<Path> discovered = List.of();

  @Inject
  DiscoveredCatalog(GlobalOptions options, Injector application) {
    this.options = options;
    this.application = application;
  }

  /**
   * Returns the parts.
   *
   * @throws dev.ebt.error.UserException if a plugin cannot be loaded
   */
  @Override
  public Catalog get() {
    Catalog known = catalog;
    if (known == null || !options.plugins().equals(discovered)) {
      List<Path> paths = options.plugins();
      known = Plugins.discover(paths, application);
      catalog = known;
      discovered = paths;
    }
    return known;
  }
}
