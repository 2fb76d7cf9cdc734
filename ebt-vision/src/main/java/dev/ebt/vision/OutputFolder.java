package dev.ebt.vision;

import dev.ebt.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A check of the folder that images are written to. */
final class OutputFolder {
  private OutputFolder() {}

  /**
   * Returns the folder, which need not exist.
   *
   * @throws UserException if it is a file
   */
  static Path checked(Path out) {
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw new UserException("--out is the file " + out + "; a folder for images expected");
    }
    return out;
  }
}
