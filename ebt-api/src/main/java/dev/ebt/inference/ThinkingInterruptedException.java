package dev.ebt.inference;

/** The end of a blocking call whose thread was interrupted; the interrupt status is set again. */
public final class ThinkingInterruptedException extends InferenceException {
  private static final long serialVersionUID = 1L;

  ThinkingInterruptedException() {
    super("the thread was interrupted while the model was thinking");
  }
}
