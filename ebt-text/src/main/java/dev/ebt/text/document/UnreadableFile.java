package dev.ebt.text.document;

import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** The error for a file or folder of text that cannot be read. */
public final class UnreadableFile {
  private UnreadableFile() {}

  /** Returns the message for a failure to read a file or folder. */
  public static UserException of(Path path, IOException problem) {
    if (problem instanceof AccessDeniedException denied) {
      return new UserException("no permission to read " + denied.getFile(), problem);
    }
    if (problem instanceof NoSuchFileException missing) {
      return new UserException("there is no file " + missing.getFile(), problem);
    }
    if (problem instanceof FileSystemLoopException loop) {
      return new UserException("a link in " + path + " leads back: " + loop.getFile(), problem);
    }
    if (problem instanceof EOFException) {
      return new UserException(path + " is cut off: the compressed data ends early", problem);
    }
    String reason = ": " + trimmed(ReasonText.of(problem));
    if (path.toString().toLowerCase(Locale.ROOT).endsWith(".gz")
        && !(problem instanceof FileSystemException)) {
      return new UserException(
          path + " is named .gz but is damaged or not compressed" + reason, problem);
    }
    return new UserException("cannot read " + path + reason, problem);
  }

  /** Returns the reason without a full stop, which not every reason has. */
  private static String trimmed(String reason) {
    return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
  }
}
