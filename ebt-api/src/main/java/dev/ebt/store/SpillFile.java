package dev.ebt.store;

import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Slots of equal size in a memory-mapped file, which is deleted on close. Its content is not needed
 * later, so a file left by a killed process is overwritten. The file begins with a marker; a file
 * without it is left alone. Not thread-safe.
 */
public final class SpillFile implements AutoCloseable {
  private static final ByteBuffer MARK =
      ByteBuffer.wrap("ebt replay buffer\n".getBytes(StandardCharsets.US_ASCII));

  /** The offset of the first slot, in bytes. */
  private static final int HEAD = 4096;

  /** The maximum number of bytes mapped together: systems allow about 65,000 mappings. */
  private static final int TOGETHER = 16 << 20;

  private final Path file;
  private final FileChannel channel;
  private final int bytes;
  private final int count;
  private final int together;
  private final String owner;
  private final String remedy;
  private final Map<Integer, MappedByteBuffer> mapped = new ConcurrentHashMap<>();

  private SpillFile(
      Path file, FileChannel channel, int bytes, int count, String owner, String remedy) {
    this.file = file;
    this.channel = channel;
    this.bytes = bytes;
    this.count = count;
    this.together = Math.max(1, Math.min(count, TOGETHER / bytes));
    this.owner = owner;
    this.remedy = remedy;
  }

  /**
   * Opens a file chosen by the user.
   *
   * @param bytes size of a slot
   * @param count number of slots; disk space is allocated as they are used
   * @param owner prefix of messages
   * @param remedy suffix of messages
   * @throws UserException if the file belongs to something else, is in use, or cannot be written
   */
  public static SpillFile open(Path file, int bytes, int count, String owner, String remedy) {
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return open(file, options, bytes, count, owner, remedy);
  }

  /** Opens a file in the system's temporary folder; it is deleted even if the process is killed. */
  public static SpillFile temporary(int bytes, int count, String owner, String remedy) {
    Path file;
    try {
      file = Files.createTempFile("ebt-", ".spill");
    } catch (IOException e) {
      throw unwritable(temporaryFolder(), e, owner, remedy);
    }
    Set<StandardOpenOption> options =
        Set.of(
            StandardOpenOption.DELETE_ON_CLOSE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return open(file, options, bytes, count, owner, remedy);
  }

  /** Returns the folder of temporary files. */
  public static Path temporaryFolder() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static SpillFile open(
      Path file,
      Set<StandardOpenOption> options,
      int bytes,
      int count,
      String owner,
      String remedy) {
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, options);
      claim(file, channel, owner);
      channel.truncate(HEAD);
      write(channel, MARK.duplicate(), 0);
      return new SpillFile(file, channel, bytes, count, owner, remedy);
    } catch (IOException e) {
      closeQuietly(channel, e);
      throw unwritable(file, e, owner, remedy);
    } catch (RuntimeException e) {
      closeQuietly(channel, e);
      throw e;
    }
  }

  /** Checks that the file is new or an earlier spill file, and locks it. */
  private static void claim(Path file, FileChannel channel, String owner) throws IOException {
    ByteBuffer found = ByteBuffer.allocate(MARK.capacity());
    while (found.hasRemaining() && channel.read(found, found.position()) > 0) {}
    if (channel.size() > 0 && !found.flip().equals(MARK)) {
      throw new UserException(
          owner + file + " is a file of something else; the name of a new one expected");
    }
    boolean free;
    try {
      free = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      free = false;
    }
    if (!free) {
      throw new UserException(
          owner + "another training uses " + file + "; each training needs its own file");
    }
  }

  /** Returns the free disk space in bytes. */
  public long room() {
    Path folder = file.toAbsolutePath().getParent();
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      throw unwritable(file, e, owner, remedy);
    }
  }

  /**
   * Returns the bytes of a slot, which persist until overwritten.
   *
   * @throws UserException if the disk is full
   */
  public ByteBuffer at(int slot) {
    ByteBuffer segment = mapped.computeIfAbsent(slot / together, this::map);
    return segment.slice(slot % together * bytes, bytes);
  }

  /**
   * Writes zeros, then maps the segment: a full disk is an exception here, but a crash if found out
   * later.
   */
  private MappedByteBuffer map(int segment) {
    int first = segment * together;
    long size = (long) Math.min(together, count - first) * bytes;
    long start = HEAD + (long) first * bytes;
    try {
      ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(size, 1 << 20));
      for (long done = 0; done < size; done += zeros.capacity()) {
        zeros.clear().limit((int) Math.min(zeros.capacity(), size - done));
        write(channel, zeros, start + done);
      }
      return channel.map(MapMode.READ_WRITE, start, size);
    } catch (IOException e) {
      throw unwritable(file, e, owner, remedy);
    }
  }

  private static void write(FileChannel channel, ByteBuffer from, long start) throws IOException {
    long position = start;
    while (from.hasRemaining()) {
      position += channel.write(from, position);
    }
  }

  @Override
  public void close() {
    mapped.clear();
    try {
      Files.deleteIfExists(file);
      channel.close();
    } catch (IOException e) {
      throw unwritable(file, e, owner, remedy);
    }
  }

  private static void closeQuietly(@Nullable FileChannel channel, Exception failure) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static UserException unwritable(Path file, IOException e, String owner, String remedy) {
    String reason =
        e instanceof NoSuchFileException
            ? "no folder " + file.toAbsolutePath().getParent()
            : e instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : ReasonText.of(e);
    return new UserException(
        String.format(Locale.ROOT, "%s%s cannot be written: %s. %s", owner, file, reason, remedy),
        e);
  }
}
