package dev.ebt.bench.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.bench.progress.ProgressLines;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiscoveredCatalogTest {
  @Test
  void pluginsThatCannotBeLoadedAreReportedEachTime() {
    GlobalOptions options = new GlobalOptions();
    DiscoveredCatalog discovered = new DiscoveredCatalog(options, ProgressLines.on(System.err));
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
