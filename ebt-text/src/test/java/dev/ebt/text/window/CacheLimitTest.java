package dev.ebt.text.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheLimitTest {
  @TempDir private Path folder;

  /** Writes a file of 100 bytes that was used some hours ago. */
  private Path write(String name, int hours) throws IOException {
    Path file = Files.write(folder.resolve(name), new byte[100]);
    Instant used = Instant.now().minus(Duration.ofHours(hours));
    return Files.setLastModifiedTime(file, FileTime.from(used));
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theLeastRecentlyUsedFilesAreDeleted() throws IOException {
    write("b.tokens", 1);
    write("a.tokens", 2);
    write("c.tokens", 5);
    write("d.tokens", 4);
    write("e.tokens", 3);
    write("other", 9);

    assertThat(new CacheLimit(folder, 300).enforce())
        .hasValue(
            "deleted the tokens of 2 texts not used for longest, 200 bytes, from "
                + folder
                + ", whose limit is 300 bytes (EBT_CACHE_SIZE)");
    assertThat(left()).containsExactly(".lock", "a.tokens", "b.tokens", "e.tokens", "other");
    assertThat(new CacheLimit(folder, 299).enforce()).get().asString().contains("1 text not used");
    assertThat(left()).containsExactly(".lock", "a.tokens", "b.tokens", "other");
  }

  @Test
  void withinTheLimitNothingIsDeletedOrLocked() throws IOException {
    write("a.tokens", 1000);
    write("b.tokens", 2000);
    assertThat(new CacheLimit(folder, 200).enforce()).isEmpty();
    assertThat(left()).containsExactly("a.tokens", "b.tokens");
  }

  @Test
  void aUseMakesAFileTheLastToBeDeleted() throws IOException {
    Path touched = write("a.tokens", 3);
    write("b.tokens", 2);
    CacheLimit.touch(touched);
    new CacheLimit(folder, 100).enforce();
    assertThat(left()).containsExactly(".lock", "a.tokens");
  }

  @Test
  void aFileInUseIsNotDeletedHoweverLargeItIs() throws IOException {
    Path used = write("a.tokens", 3);
    write("b.tokens", 2);
    FilesInUse.open(used);
    new CacheLimit(folder, 0).enforce();
    assertThat(left()).containsExactly(".lock", "a.tokens");
    assertThat(new CacheLimit(folder, 0).enforce()).isEmpty();
  }

  @Test
  void aFileThatWasUsedSinceItWasSeenIsNotDeleted() throws IOException {
    Path file = write("a.tokens", 3);
    FileTime seen = Files.getLastModifiedTime(file);
    CacheLimit.touch(file);
    assertThat(FilesInUse.deleteUnused(file, seen)).isFalse();
    assertThat(FilesInUse.deleteUnused(file, Files.getLastModifiedTime(file))).isTrue();
    assertThat(file).doesNotExist();
  }

  @Test
  void aFileThatWasReplacedIsOpenedAnew() throws IOException {
    Path file = write("a.tokens", 3);
    assertThat(FilesInUse.open(file)).isSameAs(FilesInUse.open(file));
    Path other = Files.write(folder.resolve("other"), new byte[7]);
    Files.delete(file);
    assertThatThrownBy(() -> FilesInUse.open(file)).isInstanceOf(NoSuchFileException.class);
    Files.move(other, file);
    assertThat(FilesInUse.open(file).size()).isEqualTo(7);
  }

  @Test
  void whatKilledProgramsLeftIsDeletedAfterADay() throws IOException {
    write(".tmp-a.tokens-1", 25);
    write(".tmp-b.tokens-2", 23);
    write(".tmp-other-1", 25);
    assertThat(new CacheLimit(folder, 1000).enforce()).isEmpty();
    assertThat(left()).containsExactly(".tmp-b.tokens-2", ".tmp-other-1");
  }
}
