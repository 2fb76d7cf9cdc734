package dev.ebt.plugin;

import dev.ebt.error.UserException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder of the run whose parts are created.
 *
 * @param path the folder; null for a run that has not begun
 */
record RunFolder(@Nullable Path path) {
  /**
   * Returns the file with this path in the run's folder if it exists; else the path itself,
   * relative to the working directory.
   */
  Path file(String name) {
    try {
      Path stored = path == null ? null : path.resolve(name);
      return stored != null && Files.exists(stored) ? stored : Path.of(name);
    } catch (InvalidPathException e) {
      throw new UserException("'" + name + "' is not a path: " + e.getReason(), e);
    }
  }
}
