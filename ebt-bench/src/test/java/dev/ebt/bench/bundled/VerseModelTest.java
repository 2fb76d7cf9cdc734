package dev.ebt.bench.bundled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.plugin.BundledModelFolders;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Plugins;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.run.DataOverride;
import dev.ebt.run.TrainingRequest;
import dev.ebt.testing.BundledModelContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerseModelTest extends BundledModelContract {
  @Override
  protected Catalog catalog() {
    return Plugins.discover(List.of());
  }

  @Override
  protected String name() {
    return "verse";
  }

  @Test
  void itsSonnetsDoNotSplitOtherData() {
    TrainingRequest request =
        TrainingRequest.of(null, null)
            .withData(DataOverride.at(Path.of("book.txt")))
            .withWeightsOf(BundledModelFolders.folder(catalog().bundledModel(name())));

    RunConfiguration configuration = request.resolve(catalog()).configuration();

    assertThat(configuration.from()).isEqualTo("verse");
    assertThat(configuration.data().settings().has("validation")).isFalse();
  }
}
