package dev.ebt.error;

import java.util.Optional;

/** Utilities to find an {@link OutOfMemoryError} in a chain of causes. */
public final class OutOfMemoryErrors {
  private OutOfMemoryErrors() {}

  /** Throws the {@link OutOfMemoryError} in a chain of causes, if there is one. */
  public static void rethrow(Throwable thrown) {
    Optional<OutOfMemoryError> found = in(thrown);
    if (found.isPresent()) {
      throw found.get();
    }
  }

  /** Returns the {@link OutOfMemoryError} in a chain of causes, where it may have been wrapped. */
  public static Optional<OutOfMemoryError> in(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError memory) {
        return Optional.of(memory);
      }
    }
    return Optional.empty();
  }
}
