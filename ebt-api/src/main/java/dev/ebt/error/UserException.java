package dev.ebt.error;

/**
 * An error that the user can fix: in the configuration, the data, a checkpoint, a plugin or the
 * device. The message is self-contained: it names the file and the field or record, the value
 * found, the expected values and, where it can be guessed, the fix. The command line prints it
 * without a stack trace and exits with 2. The message is always safe to print on a terminal: see
 * {@link MessageSanitizer}.
 */
public class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with this message. */
  public UserException(String message) {
    super(MessageSanitizer.of(message));
  }

  /** Creates an exception with this message and cause. */
  public UserException(String message, Throwable cause) {
    super(MessageSanitizer.of(message), cause);
  }
}
