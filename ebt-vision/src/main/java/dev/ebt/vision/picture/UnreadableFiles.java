package dev.ebt.vision.picture;

import dev.ebt.error.Reason;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;

/** Messages about files that cannot be read. */
final class UnreadableFiles {
  private UnreadableFiles() {}

  /** Returns the reason, without the name of the file. */
  static String reason(Exception problem) {
    Throwable cause =
        problem instanceof UncheckedIOException wrapped ? wrapped.getCause() : problem;
    if (cause instanceof AccessDeniedException) {
      return "no permission to read it";
    }
    if (cause instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (cause instanceof FileSystemLoopException) {
      return "a link that leads back to a folder it is in";
    }
    if (cause instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return Reason.of(cause);
  }
}
