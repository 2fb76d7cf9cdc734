package dev.ebt.inference;

/** The refusal of a call because as many others wait as {@link InferenceLimits} allows. */
public final class ModelBusyException extends InferenceException {
  private static final long serialVersionUID = 1L;

  ModelBusyException(int waiting) {
    super("the model is busy: " + waiting + " calls are waiting; try again later");
  }
}
