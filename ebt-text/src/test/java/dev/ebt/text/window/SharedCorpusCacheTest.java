package dev.ebt.text.window;

import static dev.ebt.text.window.TokenizingProcess.fingerprint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.text.token.ByteTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that tokenize the same text at the same time, into one cache. */
class SharedCorpusCacheTest {
  @TempDir private Path temporary;
  private Path folder;
  private Path text;
  private String expected;

  @BeforeEach
  void write() throws IOException {
    folder = temporary.resolve("cache");
    text = Files.writeString(temporary.resolve("text.txt"), "a line of text\n".repeat(100_000));
    expected = fingerprint(Corpus.read(List.of(text), "text", new ByteTokenizer()));
  }

  private TokenizingProcess start() throws IOException {
    return TokenizingProcess.start(folder, text);
  }

  private List<String> stored() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(".lock"))
          .sorted()
          .toList();
    }
  }

  /** A corpus that is mapped when another process replaces its file is what it was. */
  @Test
  void bothHaveTheSameTokensAndOneFileIsLeft() throws IOException, InterruptedException {
    try (TokenizingProcess first = start();
        TokenizingProcess second = start()) {
      first.awaitTokenizing();
      second.awaitTokenizing();
      assertThat(stored()).hasSize(2).allMatch(name -> name.startsWith(".tmp-"));

      first.goOn();
      assertThat(first.fingerprint()).isEqualTo(expected);
      CorpusCache cache = new CorpusCache(Optional.of(folder), Long.MAX_VALUE);
      Corpus mapped = cache.read(List.of(text), "text", new ByteTokenizer());
      second.goOn();
      assertThat(second.fingerprint()).isEqualTo(expected);
      first.end();
      second.end();
      assertThat(fingerprint(mapped)).isEqualTo(expected);
    }
    assertThat(stored()).hasSize(1).allMatch(name -> name.matches("[0-9a-f]{64}\\.tokens"));
    assertSame(folder.resolve(stored().get(0)));
  }

  private void assertSame(Path file) throws IOException {
    try {
      assertThat(fingerprint(CorpusFile.open(FilesInUse.open(file)))).isEqualTo(expected);
    } catch (CorpusFile.DamagedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void oneThatIsKilledIsNoneOfTheOthersBusiness() throws IOException, InterruptedException {
    try (TokenizingProcess killed = start();
        TokenizingProcess other = start()) {
      killed.awaitTokenizing();
      other.awaitTokenizing();
      killed.kill();
      other.goOn();
      assertThat(other.fingerprint()).isEqualTo(expected);
      other.end();
    }
    assertSame(folder.resolve(stored().get(1)));
  }

  @Test
  void tokensThatAnotherProcessReadsAreNotDeleted() throws IOException, InterruptedException {
    CorpusCache small = new CorpusCache(Optional.of(folder), 0);
    try (TokenizingProcess other = start()) {
      other.awaitTokenizing();
      other.goOn();
      assertThat(other.fingerprint()).isEqualTo(expected);
      String used = stored().get(0);
      small.read(List.of(other("second")), "text", new ByteTokenizer());
      assertThat(stored()).hasSize(2).contains(used);

      other.end();
      small.read(List.of(other("third")), "text", new ByteTokenizer());
      assertThat(stored()).hasSize(2).doesNotContain(used);
    }
  }

  private Path other(String name) throws IOException {
    return Files.writeString(temporary.resolve(name + ".txt"), (name + '\n').repeat(200_000));
  }
}
