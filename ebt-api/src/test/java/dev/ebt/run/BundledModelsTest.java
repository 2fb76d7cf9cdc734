package dev.ebt.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.plugin.BundledModel;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.EbtPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledModelsTest {
  private static final BundledModel MODEL =
      BundledModel.of("tiny", "does little", BundledModelsTest.class).withParts("words.txt");

  @TempDir Path folder;

  /** A plugin that brings models. */
  private record Bringing(String name, List<BundledModel> bundledModels) implements EbtPlugin {
    @Override
    public int spiVersion() {
      return SPI_VERSION;
    }
  }

  private static Catalog catalog(BundledModel... models) {
    return Catalog.of(new Bringing("bringing", List.of(models)));
  }

  @Test
  void aModelIsUnpackedOnceWithItsParts() throws IOException {
    Path first = BundledModels.folder(MODEL, Optional.of(folder));
    FileTime when = Files.getLastModifiedTime(first.resolve("config.yaml"));
    Path again = BundledModels.folder(MODEL, Optional.of(folder));

    assertThat(again).isEqualTo(first).hasFileName("tiny");
    assertThat(first.resolve("parts/words.txt")).hasContent("a b");
    assertThat(Files.getLastModifiedTime(again.resolve("config.yaml"))).isEqualTo(when);
    try (var beside = Files.list(first.getParent())) {
      assertThat(beside).containsExactly(first);
    }
  }

  @Test
  void withoutACacheItIsUnpackedIntoATemporaryFolder() {
    assertThat(BundledModels.folder(MODEL, Optional.empty()).resolve("progress.json")).exists();
  }

  @Test
  void aCacheThatCannotBeWrittenIsNoHindrance() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThat(BundledModels.folder(MODEL, Optional.of(file)).resolve("progress.json")).exists();
  }

  @Test
  void onlyANameWithNothingThereIsThatOfAModel() throws IOException {
    Path other = Path.of("other");
    assertThat(BundledModels.folder(catalog(MODEL), other)).isEqualTo(other);
    Path below = Path.of("runs", "tiny");
    assertThat(BundledModels.folder(catalog(MODEL), below)).isEqualTo(below);
    Path there = Files.createDirectory(folder.resolve("tiny"));
    assertThat(BundledModels.folder(catalog(MODEL), there)).isEqualTo(there);
  }

  @Test
  void aMistypedNameIsRefusedWithTheRightOne() {
    assertThatThrownBy(() -> BundledModels.folder(catalog(MODEL), Path.of("tinny")))
        .isInstanceOf(UserException.class)
        .hasMessage("tinny: no such run; did you mean the bundled model 'tiny'?");
  }

  @Test
  void theCatalogListsModelsAndSuggestsTheirNames() {
    Catalog catalog = catalog(MODEL);

    assertThat(catalog.entries())
        .filteredOn(entry -> entry.kind().equals("bundled model"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.summary()).isEqualTo("does little"));
    assertThatThrownBy(() -> catalog.bundledModel("tini"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("did you mean 'tiny'");
  }

  @Test
  void twoModelsOfOneNameAreRefused() {
    assertThatThrownBy(() -> catalog(MODEL, MODEL.withParts("words.txt", "more.txt")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("two parts are called bundled model 'tiny'");
  }

  @Test
  void theStandardModelIsTheOnlyOneThatIsMarked() {
    BundledModel standard =
        BundledModel.of("usual", "the usual", BundledModelsTest.class).asStandard();

    assertThat(catalog(MODEL, standard).standardModel()).isEqualTo(standard);
    assertThatThrownBy(() -> catalog(MODEL).standardModel())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no plugin has a standard model");
    assertThatThrownBy(() -> catalog(MODEL.asStandard(), standard).standardModel())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("several models are the standard one")
        .hasMessageContaining("'tiny' of plugin 'bringing'");
  }

  @Test
  void scoresAreThoseThatEvalPrinted() {
    assertThat(MODEL.scores())
        .isEqualTo(
            new BundledModel.Scores(
                8,
                List.of(
                    new BundledModel.Score(0, 2.5, 1.0), new BundledModel.Score(2, 1.5, -1.0))));
  }
}
