package dev.ebt.text.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

/** Messages of broken JSON, in words for whoever wrote it. */
public final class BrokenJson {
  private static final int LONGEST = 200;

  private BrokenJson() {}

  /** Returns why it cannot be read. */
  public static String reason(JsonProcessingException problem) {
    if (problem instanceof JsonEOFException) {
      return "it ends in the middle of something, as if cut off";
    }
    if (problem instanceof MismatchedInputException) {
      return "something follows its end";
    }
    if (problem instanceof StreamConstraintsException) {
      return "it is nested too deep";
    }
    String reason = problem.getOriginalMessage();
    return reason == null ? "no JSON" : Excerpt.of(reason, LONGEST);
  }
}
