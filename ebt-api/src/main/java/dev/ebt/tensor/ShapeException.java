package dev.ebt.tensor;

/** Signals inputs that do not fit an operation. The message names the operation and the shapes. */
public final class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception with the message {@code operation: problem}; the problem shows the shapes.
   */
  public ShapeException(String operation, String problem) {
    super(operation + ": " + problem);
  }
}
