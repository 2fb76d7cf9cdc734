package dev.ebt.text;

import static dev.ebt.text.TextDatasetSettings.Windows.PACKED;
import static dev.ebt.text.TextDatasetSettings.Windows.RANDOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.text.token.ByteTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextDatasetTest {
  @TempDir private Path folder;
  private String book;

  @BeforeEach
  void write() throws IOException {
    book = Files.writeString(folder.resolve("book.txt"), "0123456789".repeat(100)).toString();
  }

  @Test
  void aBookIsCutIntoWindows() {
    TextDataset dataset = read(data(book, 0.1, null, null, null, null));
    assertThat(dataset.training().size()).isEqualTo(29); // ⌈899/32⌉
    assertThat(dataset.validation().size()).isEqualTo(4); // ⌈99/32⌉
    assertThat(dataset.bestLoss()).isEmpty();
    assertThat(dataset.description())
        .isEqualTo(
            book
                + ": 1 document, 900 tokens for training, 100 for validation"
                + " (the last part for validation)");
  }

  @Test
  void allOfATextCanBeJudged() {
    TextDataset dataset = read(data(book, 1.0, null, null, null, null));
    assertThat(dataset.training().size()).isZero();
    assertThat(dataset.validation().size()).isEqualTo(32);
    assertThat(read(data(book, 0.0, null, null, null, null)).validation().size()).isZero();
  }

  @Test
  void foldersNamedAsASplitAreReadAsOne() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    for (String side : List.of("train", "valid", "test")) {
      Files.createDirectories(corpus.resolve(side));
      Files.writeString(corpus.resolve(side + "/a.txt"), side + " 0123456789".repeat(10));
    }
    Files.writeString(corpus.resolve("README.md"), "about it");
    Files.write(corpus.resolve("train/cover.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 0});
    TextDataset dataset = read(data(corpus.toString(), null, null, null, null, null));
    assertThat(dataset.description())
        .isEqualTo(
            corpus
                + ": 2 documents, 115 tokens for training, 115 for validation (folder train for"
                + " training, folder valid for validation; folder test not used; not read:"
                + " README.md); 1 file without text skipped: cover.png");
    for (int i = 0; i < 1000; i++) {
      Files.writeString(corpus.resolve("loose-" + i + ".txt"), "loose");
    }
    assertThat(read(data(corpus.toString(), null, null, null, null, null)).description())
        .contains("; not read: README.md, loose-0.txt, loose-1.txt and 998 more)");
    List<String> texts = new ArrayList<>();
    data(corpus.toString(), null, null, null, null, null).documents(d -> texts.add(d.text()));
    assertThat(texts).as("an alphabet is learnt from both sides").hasSize(2);
    assertThat(read(data(corpus.toString(), 1.0, null, null, null, null)).description())
        .as("an explicit share is of all of it")
        .contains("4 documents")
        .contains("all for validation");
  }

  @Test
  void endOfTextInPlainTextSeparatesDocuments() throws IOException {
    Path stories = folder.resolve("stories.txt");
    Files.writeString(stories, "one story\n<|endoftext|>\nand another\n<|endoftext|>\n");
    TextDataset dataset = read(data(stories.toString(), 0.0, null, null, null, null));
    assertThat(dataset.description())
        .startsWith(stories + ": 2 documents, 25 tokens")
        .endsWith("(all for training); split at <|endoftext|>");
  }

  @Test
  void windowsOverlapOrLieAnywhere() {
    assertThat(read(data(book, null, null, null, 8, null)).training().size())
        .isEqualTo(1 + (899 - 32 + 7) / 8);
    assertThat(read(data(book, null, null, RANDOM, null, 50)).training().size()).isEqualTo(50);
    assertThat(read(data(book, null, null, RANDOM, null, null)).training().size())
        .isEqualTo(900 - 32);
  }

  @Test
  void fingerprintsTellDataAndSettingsApart() throws IOException {
    TextDatasetSettings plain = data(book, 0.1, null, null, null, null);
    String copy = Files.copy(Path.of(book), folder.resolve("copy.txt")).toString();
    assertThat(read(data(copy, 0.1, null, PACKED, null, null)).fingerprint())
        .isEqualTo(read(plain).fingerprint())
        .hasSize(64);
    String other = Files.writeString(folder.resolve("o.txt"), "0123456788".repeat(100)).toString();
    assertThat(
            Stream.of(
                    plain,
                    data(other, 0.1, null, null, null, null),
                    data(book, 0.2, null, null, null, null),
                    data(book, 0.1, null, null, 8, null),
                    data(book, 0.1, null, RANDOM, null, null),
                    data(book, 0.1, null, RANDOM, null, 5),
                    data(book, null, other, null, null, null))
                .map(settings -> read(settings).fingerprint()))
        .doesNotHaveDuplicates();
    TextDatasetSettings random = data(book, null, null, RANDOM, null, null);
    assertThat(TextDataset.read(random, modality(), 1).fingerprint())
        .isNotEqualTo(TextDataset.read(random, modality(), 2).fingerprint());
  }

  @Test
  void settingsWithoutMeaningAreRefused() {
    refused(() -> data(null, null, null, null, null, null), "data.path is missing");
    refused(() -> data(book, 0.5, book, null, null, null), "exclude each other");
    refused(() -> data(book, 1.5, null, null, null, null), "data.validation is 1.5");
    refused(() -> data(book, null, null, RANDOM, 4, null), "data.stride is for packed");
    refused(() -> data(book, null, null, null, 0, null), "data.stride is 0");
    refused(() -> data(book, null, null, null, null, 4), "data.epoch is for random");
    refused(() -> data(book, null, null, RANDOM, null, 0), "data.epoch is 0");
    refused(() -> read(data(book, null, null, null, 33, null)), "data.stride is 33, more than");
    refused(() -> read(data("a\0b", null, null, null, null, null)), "data.path is 'a");
    refused(
        () -> read(data("a\0b", null, null, null, null, null)),
        "which is not a path: Nul character not allowed");
    refused(() -> read(data(book, null, "a\0b", null, null, null)), "data.validationPath is 'a");
    refused(() -> read(data(book + "x", null, null, null, null, null)), "did you mean");
    refused(() -> read(data(book, null, book, null, null, null)), "is the text for training");
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(UserException.class).hasMessageContaining(message);
  }

  private static TextDatasetSettings data(
      String path,
      Double validation,
      String validationPath,
      TextDatasetSettings.Windows windows,
      Integer stride,
      Integer epoch) {
    return new TextDatasetSettings(path, null, validation, validationPath, windows, stride, epoch);
  }

  private static TextDataset read(TextDatasetSettings settings) {
    return TextDataset.read(settings, modality(), 1);
  }

  private static TextModality modality() {
    return new TextModality(new TextSettings(32, null, null, null), new ByteTokenizer());
  }
}
