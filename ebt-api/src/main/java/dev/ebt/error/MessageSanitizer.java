package dev.ebt.error;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Sanitizing of messages: text from data can neither control a terminal nor flood it. */
public final class MessageSanitizer {
  /** The length above which a word, such as a value without spaces, is shortened. */
  private static final int LONGEST_WORD = 300;

  /** The length above which a line is shortened. */
  private static final int LONGEST_LINE = 2000;

  private static final Pattern LONG_WORD = Pattern.compile("\\S{" + (LONGEST_WORD + 1) + ",}+");

  /** A sentence's full stop followed by another one; not in ellipses and paths. */
  private static final Pattern TWO_STOPS =
      Pattern.compile("(?<=[\\p{L}\\p{N})'\"])\\.\\.(?=\\s|$)");

  private MessageSanitizer() {}

  /**
   * Returns the message with control characters as {@code \}{@code u001b} and long values
   * shortened.
   */
  public static String of(String message) {
    String text = LONG_WORD.matcher(message).replaceAll(MessageSanitizer::shortWord);
    return TWO_STOPS
        .matcher(
            Arrays.stream(text.split("\n", -1))
                .map(line -> line.length() > LONGEST_LINE ? Excerpt.of(line, 1400, 400) : line)
                .map(MessageSanitizer::escaped)
                .collect(Collectors.joining("\n")))
        .replaceAll(".");
  }

  private static String shortWord(MatchResult word) {
    return Matcher.quoteReplacement(Excerpt.of(word.group(), 60, 20));
  }

  private static String escaped(String line) {
    if (line.chars().noneMatch(c -> controls((char) c))) {
      return line;
    }
    StringBuilder visible = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      visible.append(
          controls(c) ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c));
    }
    return visible.toString();
  }

  /**
   * Returns whether a character is a control character other than the tab, or changes the direction
   * of writing.
   */
  private static boolean controls(char c) {
    return c != '\t' && Character.isISOControl(c)
        || c >= '\u202A' && c <= '\u202E'
        || c >= '\u2066' && c <= '\u2069';
  }
}
