package dev.ebt.text.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.ebt.text.document.Excerpt;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Messages of broken JSON, in words for whoever wrote it. */
public final class JsonErrors {
  private static final int LONGEST = 200;

  /** Jackson's, of what is beyond its limits; with the digits of the default locale. */
  private static final Pattern LIMIT =
      Pattern.compile(
          "(\\w[\\w ]*) \\((\\p{Nd}+)\\) .*maximum allowed \\((\\p{Nd}+).*", Pattern.DOTALL);

  private JsonErrors() {}

  /** Returns why it cannot be read. */
  public static String reason(JsonProcessingException problem) {
    if (problem instanceof JsonEOFException) {
      return "it ends in the middle of something, as if cut off";
    }
    if (problem instanceof MismatchedInputException) {
      return "something follows its end";
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
          case "Document nesting depth" -> "it is nested %,d levels deep; up to %,d expected";
          case "Number value length" -> "a number of %,d characters; up to %,d expected";
          case "Name length" -> "a name of %,d characters; up to %,d expected";
          default -> "more than can be read, " + found.group(1) + " %,d; up to %,d expected";
        };
    return String.format(
        Locale.ROOT, form, Long.parseLong(found.group(2)), Long.parseLong(found.group(3)));
  }
}
