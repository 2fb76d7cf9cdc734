package dev.ebt.inference;

/** A call that was not answered although it was valid, because of time, load or closing. */
public abstract sealed class InferenceException extends RuntimeException
    permits DeadlineExceededException,
        ModelBusyException,
        ModelClosedException,
        ThinkingInterruptedException {
  private static final long serialVersionUID = 1L;

  InferenceException(String message) {
    super(message);
  }
}
