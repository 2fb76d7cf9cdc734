package dev.ebt.bench.command;

import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a command writes where a user asked for it, in a folder that need not exist. */
final class WrittenFile {
  private WrittenFile() {}

  /**
   * Writes the file; one that is there is replaced.
   *
   * @throws UserException if it cannot be written
   */
  static void write(Path file, byte[] content) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.write(file, content);
    } catch (IOException e) {
      throw new UserException("cannot write " + file + ": " + ReasonText.of(e), e);
    }
  }
}
