package dev.ebt.text.window;

import dev.ebt.store.ByteSizes;
import dev.ebt.store.DurableFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A limit on the size of the files of tokens in a folder. The least recently used ones are deleted,
 * where a use is a write or a {@link #touch}; those that a program reads stay. Several programs can
 * enforce it at once.
 *
 * @param bytes the size of all files together
 */
record CacheLimit(Path folder, long bytes) {
  /** The end of the names of the files. */
  static final String SUFFIX = ".tokens";

  private static final Logger LOG = LoggerFactory.getLogger(CacheLimit.class);

  /** Locked by the program that deletes, so that two do not both make the same room. */
  private static final String LOCK = ".lock";

  /** The time without a write after which no program is at work on a temporary file. */
  private static final Duration LEFT_OVER = Duration.ofDays(1);

  private record Entry(Path file, long size, FileTime used) {
    boolean isTemporary() {
      return DurableFiles.isTemporary(file) && file.toString().contains(SUFFIX);
    }

    boolean isStored() {
      return !DurableFiles.isTemporary(file) && file.toString().endsWith(SUFFIX);
    }
  }

  /** Records a use of a file. */
  static void touch(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      LOG.debug("the use of {} cannot be recorded: {}", file, e.toString()); // Another user's.
    }
  }

  /**
   * Deletes the temporary files of programs that were killed, and files of tokens until the others
   * are within the limit.
   *
   * @return a message for the log; empty if no tokens are deleted
   */
  Optional<String> enforce() throws IOException {
    FileTime latest = FileTime.from(Instant.now().minus(LEFT_OVER));
    for (Entry entry : entries()) {
      if (entry.isTemporary() && entry.used.compareTo(latest) < 0) {
        Files.deleteIfExists(entry.file);
      }
    }
    if (size(stored()) <= bytes) {
      return Optional.empty();
    }
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try (channel) {
      FileLock lock = channel.lock();
      try {
        return deleteLeastRecentlyUsed();
      } finally {
        lock.release();
      }
    }
  }

  private Optional<String> deleteLeastRecentlyUsed() throws IOException {
    List<Entry> stored = stored();
    long left = size(stored);
    long room = 0;
    int deleted = 0;
    for (Entry entry : stored) {
      if (left - room > bytes && delete(entry)) {
        room += entry.size;
        deleted++;
      }
    }
    return deleted == 0 ? Optional.empty() : Optional.of(message(deleted, room));
  }

  private String message(int deleted, long room) {
    return String.format(
        Locale.ROOT,
        "deleted the tokens of %d text%s not used for longest, %s, from %s, whose limit is %s"
            + " (EBT_CACHE_SIZE)",
        deleted,
        deleted == 1 ? "" : "s",
        ByteSizes.words(room),
        folder,
        ByteSizes.words(bytes));
  }

  private static boolean delete(Entry entry) {
    try {
      return FilesInUse.deleteUnused(entry.file, entry.used);
    } catch (IOException e) {
      LOG.debug("{} cannot be deleted: {}", entry.file, e.toString()); // Another user's.
      return false;
    }
  }

  /** Returns the files of tokens, the least recently used one first. */
  private List<Entry> stored() throws IOException {
    return entries().stream()
        .filter(Entry::isStored)
        .sorted(Comparator.comparing(Entry::used).thenComparing(Entry::file))
        .toList();
  }

  private List<Entry> entries() throws IOException {
    List<Path> files;
    try (Stream<Path> inside = Files.list(folder)) {
      files = inside.toList();
    }
    List<Entry> entries = new ArrayList<>();
    for (Path file : files) {
      try {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        entries.add(new Entry(file, found.size(), found.lastModifiedTime()));
      } catch (NoSuchFileException e) {
        LOG.debug("another program has deleted {}", file, e);
      }
    }
    return entries;
  }

  private static long size(List<Entry> entries) {
    return entries.stream().mapToLong(Entry::size).sum();
  }
}
