package dev.ebt.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {
  @TempDir private Path folder;

  @Test
  void tellsOfTheFolderThatTheUserNamedNotOfATemporaryFile() {
    Path missing = folder.resolve("none");
    IOException failure =
        catchThrowableOfType(
            IOException.class, () -> DurableFiles.write(missing.resolve("a.png"), "text"));
    assertThat(DurableFiles.unwritable("a.png", failure, "Another --out expected"))
        .hasMessage(
            "a.png cannot be written: " + missing + " is not there. Another --out expected");
  }

  /** Of two processes of one number, as in two containers, the second one ends within the first. */
  @Test
  void theSameFileCanBeWrittenTwiceAtOnce() throws IOException {
    Path file = folder.resolve("file");
    DurableFiles.write(
        file,
        out -> {
          out.write("by the ".getBytes(StandardCharsets.UTF_8));
          DurableFiles.write(file, "by the second");
          assertThat(file).hasContent("by the second");
          out.write("first".getBytes(StandardCharsets.UTF_8));
        });
    assertThat(file).hasContent("by the first");
    assertThat(folder.toFile().list()).containsExactly("file");
  }
}
