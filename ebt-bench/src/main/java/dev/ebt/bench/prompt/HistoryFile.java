package dev.ebt.bench.prompt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/** The file in which inputs are kept between sessions, readable by its owner alone. */
final class HistoryFile {
  private HistoryFile() {}

  /**
   * Returns the place: that of the variable {@code EBT_HISTORY}, or {@code ebt/think-history} in
   * the user's folder for the state of programs; empty if the variable is.
   *
   * @param home the user's folder
   */
  static Optional<Path> place(Map<String, String> environment, String home) {
    String own = environment.get("EBT_HISTORY");
    if (own != null) {
      return own.isEmpty() ? Optional.empty() : Optional.of(Path.of(own));
    }
    Path name = Path.of("ebt", "think-history");
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    String windows = environment.getOrDefault("LOCALAPPDATA", "");
    Path folder =
        !state.isEmpty() && Path.of(state).isAbsolute()
            ? Path.of(state)
            : windows.isEmpty() ? Path.of(home, ".local", "state") : Path.of(windows);
    return Optional.of(folder.resolve(name));
  }

  /** Creates a file that only its owner reads, and returns whether it can be used. */
  static boolean prepare(Path file) {
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
          Files.createFile(
              file,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
          Files.createFile(file);
        }
      }
      return Files.isWritable(file);
    } catch (IOException e) {
      return false; // A session without a history is better than none.
    }
  }
}
