package dev.ebt.store;

import dev.ebt.error.Reason;
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
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Slots of one size in a memory-mapped file, which goes when they are closed. Nothing needs what is
 * in it later, so that one left by a process that was killed is written over. It begins with a mark
 * of ours: any other file is left alone. For one thread at a time.
 */
public final class SpillFile implements AutoCloseable {
  private static final ByteBuffer MARK =
      ByteBuffer.wrap("ebt replay buffer\n".getBytes(StandardCharsets.US_ASCII));

  /** Slots begin after so many bytes. */
  private static final int HEAD = 4096;

  /** Slots are mapped together up to so many bytes: systems allow some 65,000 mappings. */
  private static final int TOGETHER = 16 << 20;

  private final Path file;
  private final FileChannel channel;
  private final int bytes;
  private final int count;
  private final int together;
  private final String owner;
  private final String remedy;
  private final Map<Integer, MappedByteBuffer> mapped = new HashMap<>();

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
   * Opens a file of a user's.
   *
   * @param bytes of a slot
   * @param count of the slots; disk is taken as they are used
   * @param owner what messages begin with
   * @param remedy what messages end with
   * @throws UserException if the file is another's, in use, or cannot be written
   */
  public static SpillFile open(Path file, int bytes, int count, String owner, String remedy) {
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return open(file, options, bytes, count, owner, remedy);
  }

  /** The same in the system's folder for temporary files; not even a kill leaves it behind. */
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

  /** Where temporary files go. */
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

  /** Makes sure that the file is new or an old one of ours, and nobody else's while we have it. */
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
          owner + "another training uses " + file + "; a file of its own expected");
    }
  }

  /** How many bytes the disk has room for. */
  public long room() {
    Path folder = file.toAbsolutePath().getParent();
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      throw unwritable(file, e, owner, remedy);
    }
  }

  /**
   * The bytes of a slot, which stay until they are written over.
   *
   * @throws UserException if the disk is full
   */
  public ByteBuffer at(int slot) {
    ByteBuffer segment = mapped.computeIfAbsent(slot / together, this::map);
    return segment.slice(slot % together * bytes, bytes);
  }

  /** Zeros are written first: a full disk is an exception then, and a crash if found out later. */
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
            ? "there is no folder " + file.toAbsolutePath().getParent()
            : e instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : Reason.of(e);
    return new UserException(
        String.format(Locale.ROOT, "%s%s cannot be written: %s. %s", owner, file, reason, remedy),
        e);
  }
}
