package dev.ebt.text.read;

import dev.ebt.error.UserException;

/**
 * A file that is not text, such as an image. It is refused if it was named explicitly, and skipped
 * in a folder.
 */
class NotText extends UserException {
  private static final long serialVersionUID = 1L;

  NotText(String message) {
    super(message);
  }

  /** A list of JSON objects, which may contain the intended text. */
  static final class JsonList extends NotText {
    private static final long serialVersionUID = 1L;

    JsonList(String message) {
      super(message);
    }
  }
}
