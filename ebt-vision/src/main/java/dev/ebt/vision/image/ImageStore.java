package dev.ebt.vision.image;

import dev.ebt.error.UserException;
import dev.ebt.store.ByteSizes;
import dev.ebt.store.SpillFile;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A store for square images of one size: in memory up to a limit, beyond it in a memory-mapped
 * temporary file that is deleted on close. It is safe for use by multiple threads.
 */
public final class ImageStore implements AutoCloseable {
  private static final String OWNER = "images: ";
  private static final String REMEDY =
      "Try a smaller modality.size, more memory (EBT_JAVA_OPTS=-Xmx…), or a folder for"
          + " temporary files on another disk (EBT_JAVA_OPTS=-Djava.io.tmpdir=…)";

  private final int channels;
  private final int side;
  private final long memory;
  private long inMemory;
  private int spilled;
  private @Nullable SpillFile file;

  /**
   * Creates a store for squares of [channels, side, side] values.
   *
   * @param memory the greatest number of bytes in memory
   */
  ImageStore(int channels, int side, long memory) {
    this.channels = channels;
    this.side = side;
    this.memory = memory;
  }

  /** Creates a store with a quarter of Java's maximum memory. */
  public ImageStore(int channels, int side) {
    this(channels, side, Runtime.getRuntime().maxMemory() / 4);
  }

  /** Returns the number of channels of a square. */
  public int channels() {
    return channels;
  }

  /** Returns width and height of a square. */
  public int side() {
    return side;
  }

  private int bytes() {
    return channels * side * side;
  }

  /**
   * Checks that there is room, before long work begins.
   *
   * @param count the number of squares to come
   * @throws UserException if neither memory nor disk can hold them
   */
  synchronized void expect(long count) {
    long over = inMemory + count * bytes() - memory;
    if (over <= 0) {
      return;
    }
    long room = file().room();
    if (over > room) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s%,d of %s each need %s beyond the memory for them; the disk of %s has room for %s. %s",
              OWNER,
              count,
              ByteSizes.words(bytes()),
              ByteSizes.words(over),
              SpillFile.temporaryFolder(),
              ByteSizes.words(room),
              REMEDY));
    }
  }

  /**
   * Stores a square.
   *
   * @param planes [channels, side, side], not to be written to any more
   * @throws UserException if the disk is full
   */
  public ByteBuffer keep(byte[] planes) {
    ByteBuffer place = place();
    return place == null ? ByteBuffer.wrap(planes) : place.put(0, planes);
  }

  /** Returns a buffer on disk; null for in memory. */
  private synchronized @Nullable ByteBuffer place() {
    if (inMemory + bytes() <= memory) {
      inMemory += bytes();
      return null;
    }
    return file().at(spilled++);
  }

  private synchronized SpillFile file() {
    if (file == null) {
      file = SpillFile.temporary(bytes(), Integer.MAX_VALUE, OWNER, REMEDY);
    }
    return file;
  }

  /** Describes how much is on disk and where, as the end of a sentence; empty if nothing is. */
  public synchronized String place(String before) {
    return spilled == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "%s%s in a temporary file in %s",
            before,
            ByteSizes.words((long) spilled * bytes()),
            SpillFile.temporaryFolder());
  }

  @Override
  public synchronized void close() {
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
