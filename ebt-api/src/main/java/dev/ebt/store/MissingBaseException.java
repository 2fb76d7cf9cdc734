package dev.ebt.store;

import dev.ebt.error.UserException;

/** The base of low-rank adapters cannot be used, which is the same for all checkpoints of a run. */
final class MissingBaseException extends UserException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with this message. */
  MissingBaseException(String message) {
    super(message);
  }

  /** Creates an exception with this message and cause. */
  MissingBaseException(String message, Throwable cause) {
    super(message, cause);
  }
}
