package dev.ebt.text.read;

import dev.ebt.error.UserException;

/** A file that holds no text, such as a picture: refused if it was named, left out of a folder. */
class NotText extends UserException {
  private static final long serialVersionUID = 1L;

  NotText(String message) {
    super(message);
  }

  /** A list of JSON objects, which may hold the text that was meant. */
  static final class JsonList extends NotText {
    private static final long serialVersionUID = 1L;

    JsonList(String message) {
      super(message);
    }
  }
}
