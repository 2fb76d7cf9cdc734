package dev.ebt.inference;

/** The refusal of a call because the model is closed or being closed. */
public final class ModelClosedException extends InferenceException {
  private static final long serialVersionUID = 1L;

  ModelClosedException() {
    super("the model is closed");
  }
}
