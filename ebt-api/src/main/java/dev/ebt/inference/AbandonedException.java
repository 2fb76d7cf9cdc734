package dev.ebt.inference;

/** Ends a unit of work that nobody waits for any more. */
final class AbandonedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  AbandonedException() {
    super("nobody waits for this computation any more", null, false, false);
  }
}
