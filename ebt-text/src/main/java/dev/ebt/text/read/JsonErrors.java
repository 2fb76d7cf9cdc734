package dev.ebt.text.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.ebt.error.Excerpt;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Messages for malformed JSON. */
public final class JsonErrors {
  private static final int LONGEST = 200;

  /** The message of Jackson about its limits, with the digits of the default locale. */
  private static final Pattern LIMIT =
      Pattern.compile(
          "(\\w[\\w ]*) \\((\\p{Nd}+)\\) .*maximum allowed \\((\\p{Nd}+).*", Pattern.DOTALL);

  private JsonErrors() {}

  /** Returns the reason why the JSON cannot be read. */
  public static String reason(JsonProcessingException problem) {
    if (problem instanceof JsonEOFException) {
      return "it ends unexpectedly, perhaps because it was truncated";
    }
    if (problem instanceof MismatchedInputException) {
      return "there is text after its end";
    }
    String reason = problem.getOriginalMessage();
    if (reason == null) {
      return "no JSON";
    }
    return problem instanceof StreamConstraintsException
        ? LIMIT.matcher(reason).replaceFirst(JsonErrors::limit)
        : Excerpt.of(reason, LONGEST);
  }

  private static String limit(MatchResult found) {
    String form =
        switch (found.group(1)) {
          case "Document nesting depth" -> "it is nested %,d levels deep; at most %,d are allowed";
          case "Number value length" ->
              "it has a number with %,d characters; at most %,d are allowed";
          case "Name length" -> "it has a name with %,d characters; at most %,d are allowed";
          default -> "it exceeds a limit, " + found.group(1) + " %,d; at most %,d are allowed";
        };
    return String.format(
        Locale.ROOT, form, Long.parseLong(found.group(2)), Long.parseLong(found.group(3)));
  }
}
