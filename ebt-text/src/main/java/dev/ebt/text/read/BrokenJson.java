package dev.ebt.text.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;

/** What is wrong with JSON, in words for whoever wrote it. */
public final class BrokenJson {
  private BrokenJson() {}

  /** Why it cannot be read. */
  public static String reason(JsonProcessingException problem) {
    return problem instanceof JsonEOFException
        ? "it ends in the middle of something, as if cut off"
        : problem.getOriginalMessage();
  }
}
