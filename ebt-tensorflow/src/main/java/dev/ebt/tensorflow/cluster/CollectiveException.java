package dev.ebt.tensorflow.cluster;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_CANCELLED;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DEADLINE_EXCEEDED;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A failed call of TensorFlow's distributed runtime. */
final class CollectiveException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final Pattern REMOTE = Pattern.compile("remote target \\S*/task:([0-9]+)");

  private final int code;

  CollectiveException(int code, String message) {
    super(message);
    this.code = code;
  }

  /** Returns whether others did not answer in time. */
  boolean isTimeout() {
    return code == TF_DEADLINE_EXCEEDED;
  }

  /** Returns whether a call was cancelled, by this process or another one. */
  boolean isCancelled() {
    return code == TF_CANCELLED;
  }

  /** Returns the number of the process whose connection failed, if TensorFlow names it. */
  OptionalInt process() {
    Matcher found = REMOTE.matcher(String.valueOf(getMessage()));
    return found.find() ? OptionalInt.of(Integer.parseInt(found.group(1))) : OptionalInt.empty();
  }
}
