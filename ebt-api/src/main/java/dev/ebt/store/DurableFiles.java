package dev.ebt.store;

import com.google.common.hash.Hashing;
import com.google.common.hash.HashingOutputStream;
import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Atomic writes: a file is either unchanged or completely written, even if the machine stops in
 * between.
 */
public final class DurableFiles {
  private static final String TEMPORARY = ".tmp-";

  private DurableFiles() {}

  /** A writer of a file's content. */
  public interface Content {
    /** Writes all of it. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes a file under a temporary name in the same folder and renames it when it is on disk. */
  public static void write(Path file, Content content) throws IOException {
    Path temporary = temporary(file);
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        content.writeTo(Channels.newOutputStream(channel));
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | RuntimeException e) {
      deleteQuietly(temporary, e);
      throw e;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      syncFolder(folder);
    }
  }

  /**
   * Writes a file like {@link #write(Path, Content)} and reads it again.
   *
   * @return the SHA-256 hash of its content
   * @throws IOException also if what is read is not what was written
   */
  static String writeVerified(Path file, Content content) throws IOException {
    String[] written = {""};
    write(
        file,
        out -> {
          HashingOutputStream hashing = new HashingOutputStream(Hashing.sha256(), out);
          content.writeTo(hashing);
          written[0] = hashing.hash().toString();
        });
    if (!Sha256.of(file).equals(written[0])) {
      throw new IOException(file + " is not what was written: the disk or memory is faulty");
    }
    return written[0];
  }

  /** Writes a text file in UTF-8. */
  public static void write(Path file, String text) throws IOException {
    write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Writes a file of these bytes. */
  public static void write(Path file, byte[] bytes) throws IOException {
    write(file, out -> out.write(bytes));
  }

  /**
   * Returns a hidden name in the file's folder, another one each time. The number of the process
   * would not do: in containers that share a folder, each process is the first one.
   */
  static Path temporary(Path file) {
    return file.resolveSibling(TEMPORARY + file.getFileName() + "-" + UUID.randomUUID());
  }

  /** Returns whether a file is one that a program was killed while writing. */
  public static boolean isTemporary(Path file) {
    return String.valueOf(file.getFileName()).startsWith(TEMPORARY);
  }

  /** Makes the entries of a folder as durable as the content of its files. */
  static void syncFolder(Path folder) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(folder, StandardOpenOption.READ);
    } catch (IOException e) {
      return; // Some systems cannot open folders, and make their entries durable by themselves.
    }
    try (channel) {
      channel.force(true);
    }
  }

  /** Deletes a file, or a folder with all its content. */
  public static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    List<Path> inside;
    try (Stream<Path> walk = Files.walk(path)) {
      inside = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : inside) {
      Files.deleteIfExists(each);
    }
  }

  /**
   * Deletes the remains of a failure; an error in doing so is only added to that failure as
   * suppressed.
   */
  static void deleteQuietly(Path path, Exception failure) {
    try {
      delete(path);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * Returns the error for something that cannot be written.
   *
   * @param safe a sentence about what is not lost
   */
  public static UserException unwritable(String what, Exception e, String safe) {
    return new UserException(what + " cannot be written: " + reason(e) + ". " + safe, e);
  }

  /** Returns the error for something that cannot be read. */
  public static UserException unreadable(Path what, Exception e) {
    return new UserException(what + " cannot be read: " + reason(e), e);
  }

  /** Returns the path to show to the user: for a temporary file, its folder. */
  private static String named(String file) {
    Path path = Path.of(file);
    Path folder = path.getParent();
    return folder != null && isTemporary(path) ? folder.toString() : file;
  }

  private static String reason(Exception e) {
    if (e instanceof AccessDeniedException denied) {
      return "no permission for " + named(denied.getFile());
    }
    if (e instanceof FileAlreadyExistsException there) {
      return there.getFile() + " already exists";
    }
    if (e instanceof NoSuchFileException missing) {
      return named(missing.getFile()) + " is not there";
    }
    if (e instanceof ReadOnlyFileSystemException) {
      return "the file system is read-only";
    }
    if (e instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return ReasonText.of(e);
  }
}
