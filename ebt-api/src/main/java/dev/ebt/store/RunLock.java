package dev.ebt.store;

import dev.ebt.error.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock on a run directory that excludes other training runs until closed or until the program
 * ends. It covers two bytes of a file: the first one excludes, the second one is looked at by
 * programs that only watch, so that they never are in the way of a training that begins.
 */
final class RunLock implements AutoCloseable {
  static final String FILE = "lock";

  private static final long EXCLUSION = 0;
  private static final long PRESENCE = 1;

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
  static synchronized RunLock on(Path path) throws IOException {
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
      if (channel.tryLock(EXCLUSION, 1, false) == null) {
        channel.close();
        throw inUse(path);
      }
      channel.lock(PRESENCE, 1, false);
      return new RunLock(directory, channel);
    } catch (IOException | UserException e) {
      HELD.remove(directory);
      throw e;
    }
  }

  /** Returns whether a training, of this program or another one, has locked a directory. */
  static synchronized boolean held(Path path) throws IOException {
    Path directory = path.toRealPath();
    Path file = directory.resolve(FILE);
    // Opening and closing the file would release this program's own lock on it.
    if (HELD.contains(directory) || !Files.exists(file)) {
      return HELD.contains(directory);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.tryLock(PRESENCE, 1, true) == null;
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
