package dev.ebt.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
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
}
