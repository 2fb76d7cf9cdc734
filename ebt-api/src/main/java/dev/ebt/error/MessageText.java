package dev.ebt.error;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The form of messages: what came into them from data can neither control a terminal nor fill it.
 */
public final class MessageText {
  /** A longer word, such as a value without spaces, is shortened. */
  private static final int LONGEST_WORD = 300;

  /** A longer line is shortened. */
  private static final int LONGEST_LINE = 2000;

  private static final Pattern LONG_WORD = Pattern.compile("\\S{" + (LONGEST_WORD + 1) + ",}+");

  /** Where a sentence was put before a full stop of ours; not in ellipses and paths. */
  private static final Pattern TWO_STOPS =
      Pattern.compile("(?<=[\\p{L}\\p{N})'\"])\\.\\.(?=\\s|$)");

  private MessageText() {}

  /** The message with control characters as {@code \}{@code u001b}, long values shortened. */
  public static String of(String message) {
    String text = LONG_WORD.matcher(message).replaceAll(MessageText::shortWord);
    return TWO_STOPS
        .matcher(
            Arrays.stream(text.split("\n", -1))
                .map(line -> line.length() > LONGEST_LINE ? shortened(line, 1400, 400) : line)
                .map(MessageText::escaped)
                .collect(Collectors.joining("\n")))
        .replaceAll(".");
  }

  private static String shortWord(MatchResult word) {
    return Matcher.quoteReplacement(shortened(word.group(), 60, 20));
  }

  private static String shortened(String text, int first, int last) {
    int from = Character.isHighSurrogate(text.charAt(first - 1)) ? first - 1 : first;
    int to = text.length() - last;
    int rest = Character.isLowSurrogate(text.charAt(to)) ? to + 1 : to;
    return text.substring(0, from) + "…" + text.substring(rest);
  }

  private static String escaped(String line) {
    if (line.chars().noneMatch(c -> controls((char) c))) {
      return line;
    }
    StringBuilder visible = new StringBuilder();
    for (char c : line.toCharArray()) {
      visible.append(
          controls(c) ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c));
    }
    return visible.toString();
  }

  /** Control characters but for the tab, and those that reverse the direction of writing. */
  private static boolean controls(char c) {
    return c != '\t' && Character.isISOControl(c)
        || c >= '\u202A' && c <= '\u202E'
        || c >= '\u2066' && c <= '\u2069';
  }
}
