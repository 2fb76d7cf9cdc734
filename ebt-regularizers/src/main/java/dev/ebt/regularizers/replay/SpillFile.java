package dev.ebt.regularizers.replay;

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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Slots in a memory-mapped file, which goes when they are closed. Checkpoints have all that is in
 * it, so that one left by a process that was killed is written over. It begins with a mark of ours:
 * any other file is left alone.
 */
final class SpillFile implements Slots {
  private static final ByteBuffer MARK =
      ByteBuffer.wrap("ebt replay buffer\n".getBytes(StandardCharsets.US_ASCII));

  /** Slots begin after so many bytes. */
  private static final int HEAD = 4096;

  private final Path file;
  private final FileChannel channel;
  private final int bytes;
  private final Map<Integer, MappedByteBuffer> mapped = new HashMap<>();

  private SpillFile(Path file, FileChannel channel, int bytes) {
    this.file = file;
    this.channel = channel;
    this.bytes = bytes;
  }

  static SpillFile open(Path file, int count, int bytes) {
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      claim(file, channel);
      channel.truncate(HEAD);
      write(channel, MARK.duplicate(), 0);
      checkRoom(file, count, bytes);
      return new SpillFile(file, channel, bytes);
    } catch (IOException e) {
      closeQuietly(channel, e);
      throw unwritable(file, e);
    } catch (RuntimeException e) {
      closeQuietly(channel, e);
      throw e;
    }
  }

  /** Makes sure that the file is new or an old one of ours, and nobody else's while we have it. */
  private static void claim(Path file, FileChannel channel) throws IOException {
    ByteBuffer found = ByteBuffer.allocate(MARK.capacity());
    while (found.hasRemaining() && channel.read(found, found.position()) > 0) {}
    if (channel.size() > 0 && !found.flip().equals(MARK)) {
      throw new UserException(
          "replay: spill: "
              + file
              + " is a file of something else; the name of a new one expected");
    }
    boolean free;
    try {
      free = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      free = false;
    }
    if (!free) {
      throw new UserException(
          "replay: spill: another training uses " + file + "; a file of its own expected");
    }
  }

  private static void checkRoom(Path file, int count, int bytes) throws IOException {
    long needed = (long) count * bytes;
    long room = Files.getFileStore(file).getUsableSpace();
    if (needed > room) {
      Files.deleteIfExists(file);
      throw new UserException(
          ("replay: spill: %d rows of %s need %s of disk; %s has room for %s. What helps:"
                  + " capacity: %d or less, keep: bfloat16, or a file on another disk")
              .formatted(
                  count,
                  Bytes.words(bytes),
                  Bytes.words(needed),
                  file,
                  Bytes.words(room),
                  room / bytes));
    }
  }

  @Override
  public ByteBuffer at(int slot) {
    return mapped.computeIfAbsent(slot, this::map);
  }

  /** Zeros are written first: a full disk is an exception then, and a crash if found out later. */
  private MappedByteBuffer map(int slot) {
    long start = HEAD + (long) slot * bytes;
    try {
      ByteBuffer zeros = ByteBuffer.allocate(Math.min(bytes, 1 << 20));
      for (long done = 0; done < bytes; done += zeros.capacity()) {
        zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - done));
        write(channel, zeros, start + done);
      }
      return channel.map(MapMode.READ_WRITE, start, bytes);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static void write(FileChannel channel, ByteBuffer from, long start) throws IOException {
    long position = start;
    while (from.hasRemaining()) {
      position += channel.write(from, position);
    }
  }

  @Override
  public String place() {
    return file.toString();
  }

  @Override
  public void close() {
    mapped.clear();
    try {
      Files.deleteIfExists(file);
      channel.close();
    } catch (IOException e) {
      throw unwritable(file, e);
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

  private static UserException unwritable(Path file, IOException e) {
    String reason =
        e instanceof NoSuchFileException
            ? "there is no folder " + file.toAbsolutePath().getParent()
            : e instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : e.toString();
    return new UserException(
        "replay: spill: "
            + file
            + " cannot be written: "
            + reason
            + ". A file on a disk with room expected",
        e);
  }
}
