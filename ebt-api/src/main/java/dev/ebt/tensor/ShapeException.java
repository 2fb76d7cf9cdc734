package dev.ebt.tensor;

/**
 * Tensors do not fit the operation they were given to. The message names the operation and the
 * shapes.
 */
public final class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** The message is {@code operation: problem}; the problem shows the shapes. */
  public ShapeException(String operation, String problem) {
    super(operation + ": " + problem);
  }
}
