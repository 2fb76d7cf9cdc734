package dev.ebt.bench.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
  @TempDir Path folder;

  @Test
  void placeIsTheUsersFolderForTheStateOfPrograms() {
    Path home = folder.resolve("home");
    Path state = folder.resolve("state");

    assertThat(HistoryFile.place(Map.of(), home.toString()))
        .contains(home.resolve(".local/state/ebt/think-history"));
    assertThat(HistoryFile.place(Map.of("XDG_STATE_HOME", state.toString()), home.toString()))
        .contains(state.resolve("ebt/think-history"));
    assertThat(HistoryFile.place(Map.of("EBT_HISTORY", "mine"), home.toString()))
        .contains(Path.of("mine"));
    assertThat(HistoryFile.place(Map.of("EBT_HISTORY", ""), home.toString())).isEmpty();
  }

  @Test
  void onlyItsOwnerReadsTheFile() throws IOException {
    Path file = folder.resolve("new/history");

    assertThat(HistoryFile.prepare(file)).isTrue();
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    assertThat(HistoryFile.prepare(file.resolve("within-a-file"))).isFalse();
  }
}
