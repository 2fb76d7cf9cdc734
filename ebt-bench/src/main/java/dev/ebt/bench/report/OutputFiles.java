package dev.ebt.bench.report;

import dev.ebt.interact.Output;
import dev.ebt.store.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that an interaction produces. */
final class OutputFiles {
  private OutputFiles() {}

  /**
   * Writes a file, into a new folder if need be.
   *
   * @throws dev.ebt.error.UserException if it cannot be written
   */
  static void write(Output.File file) {
    try {
      Path folder = file.path().toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      DurableFiles.write(file.path(), file.content().encode());
    } catch (IOException e) {
      throw DurableFiles.unwritable(file.path().toString(), e, "Choose another --out");
    }
  }
}
