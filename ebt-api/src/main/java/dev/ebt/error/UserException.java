package dev.ebt.error;

/**
 * A mistake that its user can mend: in the configuration, the data, a checkpoint, a plugin, the
 * device. The message stands alone: it names the file and the field or record, what was found, what
 * was expected and, where one can guess, the fix. The command line prints it without a stack trace
 * and exits with 2. Whatever it was made of, the message is one that a terminal can show: see
 * {@link MessageText}.
 */
public class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A mistake told by {@code message}. */
  public UserException(String message) {
    super(MessageText.of(message));
  }

  /** A mistake told by {@code message}, found through {@code cause}. */
  public UserException(String message, Throwable cause) {
    super(MessageText.of(message), cause);
  }
}
