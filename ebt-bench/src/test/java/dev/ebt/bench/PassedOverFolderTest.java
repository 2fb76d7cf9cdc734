package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.plugin.BundledModel;
import dev.ebt.plugin.BundledModelFolders;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.EbtPlugin;
import dev.ebt.plugin.Plugins;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A folder of the name of a bundled model that is no run. */
class PassedOverFolderTest {
  /** A plugin with the bundled model brackets under the name of a folder that is there. */
  private record Bringing(String name) implements EbtPlugin {
    @Override
    public int spiVersion() {
      return SPI_VERSION;
    }

    @Override
    public List<BundledModel> bundledModels() {
      BundledModel model = Plugins.discover(List.of()).bundledModel("brackets");
      return List.of(
          new BundledModel(name, "", model.owner(), model.folder(), model.parts(), false));
    }
  }

  /** Names are relative to the working directory, which has the folder {@code src}. */
  @Test
  void isSaidToBeNoRunOnce() {
    Catalog catalog = Catalog.of(new Bringing("src"));
    List<String> said =
        Warnings.during(
            () -> {
              BundledModelFolders.folder(catalog, Path.of("src"));
              BundledModelFolders.folder(catalog, Path.of("src"));
            });
    assertThat(said)
        .containsExactly(
            "./src is no run, as it has no config.yaml; the bundled model 'src' is used");
  }

  @Test
  void nothingIsSaidWhereThereIsNone() {
    Catalog catalog = Catalog.of(new Bringing("none-of-this-name"));
    assertThat(
            Warnings.during(
                () -> BundledModelFolders.folder(catalog, Path.of("none-of-this-name"))))
        .isEmpty();
  }
}
