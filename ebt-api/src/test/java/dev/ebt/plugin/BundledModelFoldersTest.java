package dev.ebt.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ebt.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledModelFoldersTest {
  private static final BundledModel MODEL =
      BundledModel.of("tiny", "does little", BundledModelFoldersTest.class).withParts("words.txt");

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

  private BundledModelFolders cached() {
    return new BundledModelFolders(Optional.of(folder));
  }

  @Test
  void aModelIsUnpackedOnceWithItsParts() throws IOException {
    Path first = cached().unpacked(MODEL);
    FileTime when = Files.getLastModifiedTime(first.resolve("config.yaml"));
    Path again = cached().unpacked(MODEL);

    assertThat(again).isEqualTo(first).hasFileName("tiny");
    assertThat(first.resolve("parts/words.txt")).hasContent("a b");
    assertThat(Files.getLastModifiedTime(again.resolve("config.yaml"))).isEqualTo(when);
    try (var beside = Files.list(first.getParent())) {
      assertThat(beside).containsExactly(first);
    }
  }

  @Test
  void othersWhoShareTheCacheMayReadIt() throws IOException {
    Path usual = Files.createDirectory(folder.resolve("usual"));
    assumeTrue(Files.getFileStore(usual).supportsFileAttributeView(PosixFileAttributeView.class));

    Path unpacked = cached().unpacked(MODEL);

    assertThat(Files.getPosixFilePermissions(unpacked))
        .isEqualTo(Files.getPosixFilePermissions(usual));
  }

  @Test
  void withoutACacheItIsUnpackedOnceIntoAFolderThatIsDeletedAtTheEnd() {
    BundledModelFolders folders = new BundledModelFolders(Optional.empty());

    Path first = folders.unpacked(MODEL);

    assertThat(first.resolve("progress.json")).exists();
    assertThat(folders.unpacked(MODEL)).isEqualTo(first);
    folders.deleteTemporary();
    assertThat(first.getParent().getParent()).doesNotExist();
  }

  @Test
  void aCacheThatCannotBeWrittenIsNoHindrance() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    BundledModelFolders folders = new BundledModelFolders(Optional.of(file));

    assertThat(folders.unpacked(MODEL).resolve("progress.json")).exists();
    folders.deleteTemporary();
  }

  @Test
  void aDamagedCopyIsUnpackedAgain() throws IOException {
    Path unpacked = cached().unpacked(MODEL);
    Path part = unpacked.resolve("parts/words.txt");
    Files.writeString(part, "a c");
    Files.delete(unpacked.resolve("progress.json"));
    Files.createDirectory(unpacked.resolve("progress.json"));

    assertThat(cached().unpacked(MODEL)).isEqualTo(unpacked);
    assertThat(part).hasContent("a b");
    assertThat(unpacked.resolve("progress.json")).isRegularFile();
    try (var beside = Files.list(unpacked.getParent())) {
      assertThat(beside).containsExactly(unpacked);
    }
  }

  @Test
  void theFolderOfAModelHasItsName() {
    BundledModelFolders folders = cached();
    BundledModelFolders without = new BundledModelFolders(Optional.empty());

    assertThat(folders.name(folders.unpacked(MODEL))).contains("tiny");
    assertThat(without.name(without.unpacked(MODEL))).contains("tiny");
    assertThat(folders.name(folder)).isEmpty();
    assertThat(folders.name(Path.of("runs", "tiny"))).isEmpty();
    without.deleteTemporary();
  }

  @Test
  void onlyANameWithNoRunThereIsThatOfAModel() throws IOException {
    Path other = Path.of("other");
    assertThat(BundledModelFolders.folder(catalog(MODEL), other)).isEqualTo(other);
    Path below = Path.of("runs", "tiny");
    assertThat(BundledModelFolders.folder(catalog(MODEL), below)).isEqualTo(below);
    Path there = Files.createDirectory(folder.resolve("tiny"));
    assertThat(BundledModelFolders.folder(catalog(MODEL), there)).isEqualTo(there);
  }

  /** Names are relative to the working directory, which has the folder {@code src}. */
  @Test
  void aFolderOfOtherFilesDoesNotHideAModel() throws IOException {
    assertThat(BundledModelFolders.mayBeName(Path.of("src"))).isTrue();
    assertThat(BundledModelFolders.mayBeName(Path.of("src", "main"))).isFalse();
    BundledModel model =
        new BundledModel("src", "", BundledModelFoldersTest.class, "models/tiny", List.of(), false);
    assertThat(BundledModelFolders.folder(catalog(model), Path.of("src")))
        .isNotEqualTo(Path.of("src"));
    assertThat(BundledModelFolders.folder(catalog(MODEL), Path.of("src")))
        .isEqualTo(Path.of("src"));
  }

  @Test
  void aMistypedNameIsRefusedWithTheRightOne() {
    assertThatThrownBy(() -> BundledModelFolders.folder(catalog(MODEL), Path.of("tinny")))
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
        BundledModel.of("usual", "the usual", BundledModelFoldersTest.class).asStandard();

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
            new BundledScores(
                8,
                List.of(
                    new BundledScores.Score(0, 2.5, 1.0), new BundledScores.Score(2, 1.5, -1.0))));
  }
}
