package dev.ebt.store;

import dev.ebt.error.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock on a run directory that excludes other training runs until closed or until the program
 * ends.
 */
final class RunLock implements AutoCloseable {
  static final String FILE = "lock";

  /** The directories locked by this program. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private RunLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Locks an existing directory.
   *
   * @throws UserException if another training run has locked it
   */
  static RunLock on(Path path) throws IOException {
    Path directory = path.toRealPath();
    // Checked first: opening and closing the file again would release this program's own lock on
    // it.
    if (!HELD.add(directory)) {
      throw inUse(path);
    }
    try {
      FileChannel channel =
          FileChannel.open(
              directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        throw inUse(path);
      }
      return new RunLock(directory, channel);
    } catch (IOException | UserException e) {
      HELD.remove(directory);
      throw e;
    }
  }

  private static UserException inUse(Path path) {
    return new UserException(
        path + " is in use by another training; wait for it, stop it, or choose another --out");
  }

  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      HELD.remove(directory);
    }
  }
}
