package dev.ebt.regularizers.replay;

import dev.ebt.error.UserException;
import dev.ebt.regularize.ReplayShare;
import dev.ebt.store.ByteSizes;
import dev.ebt.store.SpillFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Storage for a fixed number of rows of equal size, allocated row by row. */
public interface RowStore extends AutoCloseable {
  /** Returns the bytes of a slot, whose content is kept until overwritten. */
  ByteBuffer at(int slot);

  /** Returns a readable description of where the slots are. */
  String place();

  /** Releases the storage. */
  @Override
  default void close() {}

  /**
   * Returns storage on the heap.
   *
   * @param share the batch of an update that the store serves; there will be one of this size for
   *     each batch of this process
   * @throws UserException if all of them exceed three quarters of the memory available to Java
   */
  static RowStore inMemory(int count, int bytes, ReplayShare share) {
    long most = Math.min(Runtime.getRuntime().maxMemory(), physicalMemory());
    long room = most / 4 * 3;
    long all = (long) count * share.here();
    long needed = all * bytes;
    if (needed > room) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "replay: %d rows of %s need %s of memory; there are %s for them, three quarters of"
                  + " the %s that Java may use. Try capacity: %d or less, precision: bfloat16,"
                  + " spillFile: FILE (disk instead of memory), or more memory,"
                  + " EBT_JAVA_OPTS=-Xmx%dg",
              all,
              ByteSizes.words(bytes),
              ByteSizes.words(needed),
              ByteSizes.words(room),
              ByteSizes.words(most),
              capacity(room, bytes, share),
              needed / 3 * 4 / (1L << 30) + 1));
    }
    Map<Integer, ByteBuffer> taken = new HashMap<>();
    return new RowStore() {
      @Override
      public ByteBuffer at(int slot) {
        return taken.computeIfAbsent(slot, first -> ByteBuffer.allocate(bytes));
      }

      @Override
      public String place() {
        return "memory";
      }
    };
  }

  /** Returns the most rows of all batches of an update for which this process has room. */
  private static long capacity(long room, int bytes, ReplayShare share) {
    return room / bytes / share.here() * share.batches();
  }

  private static long physicalMemory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Long.MAX_VALUE;
  }

  /**
   * Returns storage in a file that exists until the store is closed.
   *
   * @param share the batch of an update that the store serves; there will be a file of this size
   *     for each batch of this process
   * @throws UserException if the file cannot be created or the disk has too little space for all
   */
  static RowStore inFile(Path file, int count, int bytes, ReplayShare share) {
    SpillFile spilled =
        SpillFile.open(
            file, bytes, count, "replay: spillFile: ", "A file on a disk with room expected");
    long all = (long) count * share.here();
    long room = spilled.room();
    if (all * bytes > room) {
      spilled.close();
      throw new UserException(
          String.format(
              Locale.ROOT,
              "replay: spillFile: %d rows of %s need %s of disk; %s has room for %s. Try"
                  + " capacity: %d or less, precision: bfloat16, or a file on another disk",
              all,
              ByteSizes.words(bytes),
              ByteSizes.words(all * bytes),
              file,
              ByteSizes.words(room),
              capacity(room, bytes, share)));
    }
    return new RowStore() {
      @Override
      public ByteBuffer at(int slot) {
        return spilled.at(slot);
      }

      @Override
      public String place() {
        return file.toString();
      }

      @Override
      public void close() {
        spilled.close();
      }
    };
  }
}
