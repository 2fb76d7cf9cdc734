package dev.ebt.sweep;

import dev.ebt.error.UserException;
import dev.ebt.store.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A lock on the folder of a sweep that excludes other programs until it is closed. */
final class SweepLock implements AutoCloseable {
  /** The folders locked by this program. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private SweepLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Locks a folder.
   *
   * @throws UserException if another program trains its runs
   */
  static SweepLock on(Path folder) {
    Path file = folder.resolve("lock");
    try {
      Path real = folder.toRealPath();
      // Checked first: closing the file again would release this program's own lock on it.
      if (!HELD.add(real)) {
        throw inUse(folder);
      }
      try {
        FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
          if (channel.tryLock() == null) {
            throw inUse(folder);
          }
          return new SweepLock(real, channel);
        } catch (IOException | UserException e) {
          channel.close();
          throw e;
        }
      } catch (IOException | UserException e) {
        HELD.remove(real);
        throw e;
      }
    } catch (IOException e) {
      throw DurableFiles.unwritable(file.toString(), e, "The runs are untouched.");
    }
  }

  private static UserException inUse(Path folder) {
    return new UserException(
        folder + " is in use by another sweep; wait for it, or stop it with Ctrl-C");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      HELD.remove(folder);
    }
  }
}
