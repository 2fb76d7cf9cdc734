package dev.ebt.bench.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.ebt.bench.command.GlobalOptions;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.ProgressListener;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DiscoveredCatalogTest {
  @Test
  void whileAnOptionIsParsedThePluginsOfAllAreKnown() {
    GlobalOptions options = new GlobalOptions();
    List<Path> all = List.of(Path.of("a.jar"), Path.of("b.jar"));
    options.usePlugins(all);

    new CommandLine(options).parseArgs("--plugins", "a.jar");

    assertThat(options.plugins()).isEqualTo(all);
  }

  @Test
  void pluginsThatCannotBeLoadedAreReportedEachTime() {
    GlobalOptions options = new GlobalOptions();
    Injector application =
        Guice.createInjector(
            binder -> binder.bind(ProgressListener.class).toInstance(ProgressListener.NOBODY));
    DiscoveredCatalog discovered = new DiscoveredCatalog(options, application);
    Catalog ours = discovered.get();
    assertThat(discovered.get()).isSameAs(ours);
    options.usePlugins(List.of(Path.of("none.jar")));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(discovered::get)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("none.jar");
    }
    options.usePlugins(List.of());
    assertThat(discovered.get().entries()).hasSameSizeAs(ours.entries());
  }
}
