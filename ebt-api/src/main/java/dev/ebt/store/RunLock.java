package dev.ebt.store;

import dev.ebt.error.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock on a run directory that excludes other training runs until closed or until the program
 * ends: the operating system holds it, so that a killed program leaves none. It covers two bytes of
 * a file: the first one excludes, the second one is looked at by programs that only watch, so that
 * they never are in the way of a training that begins. Behind them is the process that locked it
 * last, for the message to others; it decides nothing.
 */
final class RunLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);

  static final String FILE = "lock";

  private static final long EXCLUSION = 0;
  private static final long PRESENCE = 1;

  /** The position of the process number, which systems with mandatory locks let others read. */
  private static final long PROCESS = 2;

  /** The most bytes of the file that are read: more than any process number has. */
  private static final int MOST = 64;

  /** The directories locked by this program. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private RunLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Locks an existing directory.
   *
   * @throws UserException if another training run has locked it
   */
  static synchronized RunLock on(Path path) throws IOException {
    Path directory = path.toRealPath();
    // Checked first: opening and closing the file again would release this program's own lock on
    // it.
    if (!HELD.add(directory)) {
      throw inUse(path, ", of this program");
    }
    try {
      FileChannel channel =
          FileChannel.open(
              directory.resolve(FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (channel.tryLock(EXCLUSION, 1, false) == null) {
        String process = process(channel);
        channel.close();
        throw inUse(path, process);
      }
      channel.lock(PRESENCE, 1, false);
      writeProcess(channel);
      return new RunLock(directory, channel);
    } catch (IOException | UserException e) {
      HELD.remove(directory);
      throw e;
    }
  }

  /** Writes the number of this process in place of an earlier one's. */
  private static void writeProcess(FileChannel channel) {
    byte[] line = ("  " + ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(line), 0);
    } catch (IOException e) {
      // A full disk: the lock holds without its number, and messages leave it out.
      LOG.debug("the process number is not in the lock", e);
    }
  }

  /** Returns the process that holds the lock as a part of a message; empty if it is unknown. */
  private static String process(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MOST);
    channel.read(bytes, PROCESS);
    String number = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
    return number.strip().matches("[0-9]+") ? ", process " + number.strip() : "";
  }

  /** Returns whether a training, of this program or another one, has locked a directory. */
  static synchronized boolean held(Path path) throws IOException {
    Path directory = path.toRealPath();
    Path file = directory.resolve(FILE);
    // Opening and closing the file would release this program's own lock on it.
    if (HELD.contains(directory) || !Files.exists(file)) {
      return HELD.contains(directory);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.tryLock(PRESENCE, 1, true) == null;
    }
  }

  private static UserException inUse(Path path, String whose) {
    return new UserException(
        path
            + " is in use by another training"
            + whose
            + "; wait for it, or end it by Ctrl-C, which saves");
  }

  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      HELD.remove(directory);
    }
  }
}
