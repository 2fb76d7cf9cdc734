package dev.ebt.bench.command;

import dev.ebt.store.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a command writes where a user asked for it, in a folder that need not exist. */
final class WrittenFile {
  private WrittenFile() {}

  /**
   * Writes the file; one that is there is replaced once the new one is complete.
   *
   * @throws dev.ebt.error.UserException if it cannot be written
   */
  static void write(Path file, byte[] content) {
    write(file, content, "--out");
  }

  /**
   * Writes the file that an option names; one that is there is replaced once the new one is
   * complete.
   *
   * @throws dev.ebt.error.UserException if it cannot be written
   */
  static void write(Path file, byte[] content, String option) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      DurableFiles.write(file, content);
    } catch (IOException e) {
      throw DurableFiles.unwritable(file.toString(), e, "Choose another " + option);
    }
  }
}
