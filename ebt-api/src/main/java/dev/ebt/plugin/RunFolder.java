package dev.ebt.plugin;

import dev.ebt.error.UserException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the run is whose parts are made.
 *
 * @param path null for a run that is yet to begin
 */
record RunFolder(@Nullable Path path) {
  /** A file of the run by its path in it; any other by its path from the working directory. */
  Path file(String name) {
    try {
      Path kept = path == null ? null : path.resolve(name);
      return kept != null && Files.exists(kept) ? kept : Path.of(name);
    } catch (InvalidPathException e) {
      throw new UserException("'" + name + "' is no path: " + e.getReason(), e);
    }
  }
}
