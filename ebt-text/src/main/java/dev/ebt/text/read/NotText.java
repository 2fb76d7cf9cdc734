package dev.ebt.text.read;

import dev.ebt.error.UserException;

/** A file that holds no text, such as a picture: refused if it was named, left out of a folder. */
final class NotText extends UserException {
  private static final long serialVersionUID = 1L;

  NotText(String message) {
    super(message);
  }
}
