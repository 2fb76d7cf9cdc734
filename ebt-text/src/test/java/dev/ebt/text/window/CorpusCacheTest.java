package dev.ebt.text.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.modality.Tokenizer;
import dev.ebt.text.token.ByteTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusCacheTest {
  @TempDir private Path temporary;
  private Path folder;
  private Path text;
  private CorpusCache cache;

  /** Tokens of two bytes, and a count of the documents that were encoded. */
  private static final class Counting implements Tokenizer {
    private final String fingerprint;
    private int encoded;

    Counting(String fingerprint) {
      this.fingerprint = fingerprint;
    }

    @Override
    public int vocabulary() {
      return 1000;
    }

    @Override
    public int[] encode(String written) {
      encoded++;
      return written.chars().toArray();
    }

    @Override
    public String decode(int... tokens) {
      return tokens[0] == 999 ? "</s>" : new String(tokens, 0, tokens.length);
    }

    @Override
    public OptionalInt endOfText() {
      return OptionalInt.of(999);
    }

    @Override
    public String fingerprint() {
      return fingerprint;
    }
  }

  @BeforeEach
  void write() throws IOException {
    folder = temporary.resolve("cache");
    cache = new CorpusCache(Optional.of(folder), Long.MAX_VALUE);
    text = Files.createDirectory(temporary.resolve("text"));
    for (int i = 0; i < 30; i++) {
      String file = String.format(Locale.ROOT, "%02d.txt", i);
      Files.writeString(text.resolve(file), ("document " + i + "</s>" + "x ").repeat(2500));
    }
    Files.write(text.resolve("picture.png"), new byte[] {0, 1, 2, 3, 0, 0});
  }

  private Corpus read(Tokenizer tokenizer) {
    return cache.read(List.of(text), "text", tokenizer);
  }

  private Path only() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.reduce((a, b) -> a.resolveSibling("more than one")).orElseThrow();
    }
  }

  private void assertSame(Corpus found, Corpus expected) {
    assertThat(found.documents()).isEqualTo(expected.documents());
    assertThat(found.remarks()).isEqualTo(expected.remarks());
    assertThat(found.hashes()).isEqualTo(expected.hashes());
    for (double fraction : new double[] {0, 0.3, 1}) {
      TextSplit split = TextSplit.of(found, fraction);
      assertThat(Fingerprint.of(split, ""))
          .isEqualTo(Fingerprint.of(TextSplit.of(expected, fraction), ""));
    }
    Tokens tokens = found.joined();
    assertThat(IntStream.range(0, 40).map(i -> tokens.get(i)).toArray())
        .isEqualTo(IntStream.range(0, 40).map(i -> expected.joined().get(i)).toArray());
  }

  @Test
  void theSameTextIsEncodedOnce() throws IOException {
    Counting tokenizer = new Counting("a");
    Corpus first = read(tokenizer);
    int once = tokenizer.encoded;
    Corpus second = read(tokenizer);

    assertThat(tokenizer.encoded).isEqualTo(once).isEqualTo(first.documents());
    assertThat(first.remarks()).contains("split at </s>", "1 file without text skipped");
    Corpus expected = Corpus.read(List.of(text), "text", new Counting("a"));
    assertSame(first, expected);
    assertSame(second, expected);
    assertThat(only().getFileName().toString()).matches("[0-9a-f]{64}\\.tokens");
  }

  @Test
  void otherTextAndOtherTokenizersHaveFilesOfTheirOwn() throws IOException {
    read(new Counting("a"));
    Path first = only();
    Counting other = new Counting("b");
    read(other);
    assertThat(other.encoded).isPositive();

    Files.writeString(text.resolve("00.txt"), "another document");
    Counting again = new Counting("a");
    read(again);
    assertThat(again.encoded).isPositive();
    assertThat(folder.toFile().list()).hasSize(3).contains(first.getFileName().toString());
  }

  @Test
  void aDamagedFileIsMadeAgain() throws IOException {
    Corpus expected = read(new Counting("a"));
    Path file = only();
    byte[] whole = Files.readAllBytes(file);
    for (int at :
        new int[] {0, whole.length / 2, whole.length - 25, whole.length - 9, whole.length - 1}) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      Files.delete(file);
      Files.write(file, changed);
      assertMadeAgain(file, whole, expected);
    }
    for (int length : new int[] {0, 19, whole.length / 2, whole.length - 1}) {
      Files.delete(file);
      Files.write(file, Arrays.copyOf(whole, length));
      assertMadeAgain(file, whole, expected);
    }
  }

  private void assertMadeAgain(Path file, byte[] whole, Corpus expected) throws IOException {
    Counting tokenizer = new Counting("a");
    assertSame(read(tokenizer), expected);
    assertThat(tokenizer.encoded).isPositive();
    assertThat(file).hasBinaryContent(whole);
    assertThat(only()).isEqualTo(file);
  }

  @Test
  void withoutAFolderThatCanBeWrittenTokensAreInMemory() throws IOException {
    Path occupied = Files.writeString(temporary.resolve("occupied"), "a file");
    Corpus expected = Corpus.read(List.of(text), "text", new ByteTokenizer());

    assertSame(
        new CorpusCache(Optional.of(occupied), 0).read(List.of(text), "text", new ByteTokenizer()),
        expected);
    assertSame(
        new CorpusCache(Optional.empty(), 0).read(List.of(text), "text", new ByteTokenizer()),
        expected);
    assertThat(occupied).hasContent("a file");
  }

  @Test
  void littleTextAndBadTextLeaveNoFile() throws IOException {
    Path little = text.resolve("00.txt");
    assertSame(
        cache.read(List.of(little), "text", new ByteTokenizer()),
        Corpus.read(List.of(little), "text", new ByteTokenizer()));
    assertThat(folder).doesNotExist();

    Files.write(text.resolve("99.txt"), new byte[] {'a', (byte) 0xFF});
    assertThatThrownBy(() -> read(new ByteTokenizer())).isInstanceOf(UserException.class);
    assertThat(folder).isEmptyDirectory();
  }
}
