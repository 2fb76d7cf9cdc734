package dev.ebt.text.window;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that programs read and none may delete meanwhile. Each has a shared lock of the operating
 * system, from its opening to the end of the program, which leaves none behind however it ends.
 */
final class FilesInUse {
  private static final Logger LOG = LoggerFactory.getLogger(FilesInUse.class);

  /** The files of this program. */
  private static final Map<Path, InUse> OPEN = new HashMap<>();

  private FilesInUse() {}

  /**
   * A file that this program reads.
   *
   * @param identity differs from that of another file which takes its name; null on systems where
   *     none can
   */
  private record InUse(FileChannel channel, @Nullable Object identity) {}

  /**
   * Opens a file, or returns the open channel: a system releases a program's locks on a file
   * whenever that program closes it, however often it has opened it. No caller may close it.
   *
   * @throws java.nio.file.NoSuchFileException if it does not exist, or is deleted just now
   */
  static synchronized FileChannel open(Path path) throws IOException {
    Path file = path.toRealPath();
    while (true) {
      Object identity = identity(file);
      InUse known = OPEN.get(file);
      if (known != null && Objects.equals(known.identity, identity)) {
        return known.channel;
      }
      FileChannel channel = FileChannel.open(file);
      try {
        lock(file, channel);
        if (Objects.equals(identity(file), identity)) {
          OPEN.put(file, new InUse(channel, identity));
          return channel;
        }
      } catch (IOException e) {
        channel.close();
        throw e;
      }
      channel.close(); // Another file has taken its name in between.
    }
  }

  private static @Nullable Object identity(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /** Waits for a program that tries to delete the file. */
  private static void lock(Path file, FileChannel channel) {
    try {
      channel.lock(0, Long.MAX_VALUE, true);
    } catch (IOException e) {
      // A file system without locks, where deleteUnused deletes nothing either.
      LOG.debug("{} cannot be locked: {}", file, e.toString());
    }
  }

  /**
   * Deletes a file unless a program reads it.
   *
   * @param used when it was modified, as far as the caller knows: if it was since then, it stays
   * @return whether it is deleted
   * @throws IOException also if it cannot be locked
   */
  static synchronized boolean deleteUnused(Path path, FileTime used) throws IOException {
    Path file = path.toRealPath();
    if (OPEN.containsKey(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null || !Files.getLastModifiedTime(file).equals(used)) {
        return false;
      }
      Files.delete(file);
      return true;
    }
  }
}
