package dev.ebt.error;

import java.util.Optional;

/** Want of memory, wherever it is found in what was thrown. */
public final class OutOfMemory {
  private OutOfMemory() {}

  /** Throws the error of this kind that is in a chain of causes, if there is one. */
  public static void rethrow(Throwable thrown) {
    Optional<OutOfMemoryError> found = in(thrown);
    if (found.isPresent()) {
      throw found.get();
    }
  }

  /** An error of this kind in a chain of causes: whatever ran the code may have wrapped it. */
  public static Optional<OutOfMemoryError> in(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError memory) {
        return Optional.of(memory);
      }
    }
    return Optional.empty();
  }
}
