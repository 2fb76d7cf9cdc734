package dev.ebt.sweep;

import dev.ebt.error.UserException;
import dev.ebt.store.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A lock on the folder of a sweep that excludes other programs until it is closed. */
final class SweepLock implements AutoCloseable {
  private final FileChannel channel;

  private SweepLock(FileChannel channel) {
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
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (locked(channel) == null) {
        channel.close();
        throw new UserException(
            folder + " is in use by another sweep; wait for it, or stop it with Ctrl-C");
      }
      return new SweepLock(channel);
    } catch (IOException e) {
      throw DurableFiles.unwritable(file.toString(), e, "The runs are untouched.");
    }
  }

  private static @Nullable FileLock locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // Another thread of this program has it.
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
