package dev.ebt.regularizers.replay;

import dev.ebt.error.UserException;
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
   * @param stores how many of this size there will be in this process
   * @throws UserException if all of them exceed three quarters of the memory available to Java
   */
  static RowStore inMemory(int count, int bytes, int stores) {
    long most = Math.min(Runtime.getRuntime().maxMemory(), physicalMemory());
    long room = most / 4 * 3;
    long needed = (long) count * stores * bytes;
    if (needed > room) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "replay: %d rows of %s need %s of memory; there are %s for them, three quarters of the"
                  + " %s that Java may use. Try capacity: %d or less, precision: bfloat16,"
                  + " spillFile: FILE (disk instead of memory), or more memory,"
                  + " EBT_JAVA_OPTS=-Xmx%dg",
              count * stores,
              ByteSizes.words(bytes),
              ByteSizes.words(needed),
              ByteSizes.words(room),
              ByteSizes.words(most),
              room / bytes,
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

  private static long physicalMemory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Long.MAX_VALUE;
  }

  /**
   * Returns storage in a file that exists until the store is closed.
   *
   * @throws UserException if the file cannot be created or the disk has too little space
   */
  static RowStore inFile(Path file, int count, int bytes) {
    SpillFile spilled =
        SpillFile.open(
            file, bytes, count, "replay: spillFile: ", "A file on a disk with room expected");
    if ((long) count * bytes > spilled.room()) {
      spilled.close();
      throw new UserException(
          String.format(
              Locale.ROOT,
              "replay: spillFile: %d rows of %s need %s of disk; %s has room for %s. Try"
                  + " capacity: %d or less, precision: bfloat16, or a file on another disk",
              count,
              ByteSizes.words(bytes),
              ByteSizes.words((long) count * bytes),
              file,
              ByteSizes.words(spilled.room()),
              spilled.room() / bytes));
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
