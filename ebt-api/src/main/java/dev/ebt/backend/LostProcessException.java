package dev.ebt.backend;

import dev.ebt.error.UserException;

/** A process of a group has ended or does not answer, so that the others cannot go on. */
public final class LostProcessException extends UserException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception about a process that has left. */
  public LostProcessException(String message) {
    super(message);
  }

  /** Creates an exception that names the process, as far as it is known. */
  public LostProcessException(String message, Throwable cause) {
    super(message, cause);
  }
}
