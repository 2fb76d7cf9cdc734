package dev.ebt.plugin;

import dev.ebt.error.UserException;
import dev.ebt.store.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
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

  /**
   * Returns the content of a file of {@link HasArtifacts#FOLDER}; empty if the run has no such
   * file.
   *
   * @throws UserException if it cannot be read
   */
  Optional<byte[]> stored(String name) {
    Path file = file(name).toAbsolutePath().normalize();
    if (path == null
        || !file.startsWith(path.resolve(HasArtifacts.FOLDER).toAbsolutePath().normalize())
        || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw DurableFiles.unreadable(file, e);
    }
  }
}
