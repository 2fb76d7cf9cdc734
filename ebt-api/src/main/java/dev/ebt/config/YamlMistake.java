package dev.ebt.config;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The reason why a text is not YAML, for people who do not know the grammar of YAML.
 *
 * @param line the line at which the parser stopped, or 0 if unknown
 * @param reason the error and, where it can be guessed, the fix
 */
record YamlMistake(int line, String reason) {
  /** The message for a Windows path in double quotes, whose backslashes are escapes. */
  static final String BACKSLASH =
      "in double quotes a backslash begins an escape such as \\n; write a path with / or in single"
          + " quotes, 'C:\\data\\book.txt'";

  private static final Pattern LINE = Pattern.compile(", line (\\d+), column \\d+:");
  private static final Pattern CHARACTER = Pattern.compile("character '([@`%])' that cannot start");

  /** Extracts the line and reason from the parser's message, which has several lines. */
  static YamlMistake of(String message) {
    int line =
        LINE.matcher(message)
            .results()
            .mapToInt(found -> Integer.parseInt(found.group(1)))
            .reduce(0, (first, last) -> last);
    return new YamlMistake(line, reason(message));
  }

  private static String reason(String message) {
    if (message.contains("(TAB)")) {
      return "a tab; YAML takes spaces only, two for each level";
    }
    if (message.contains("escape character") || message.contains("escape sequence")) {
      return BACKSLASH;
    }
    return CHARACTER
        .matcher(message)
        .results()
        .map((MatchResult found) -> "a value that starts with " + found.group(1) + " needs quotes")
        .findFirst()
        .orElseGet(() -> sentences(message));
  }

  /** Returns the message without the parser's excerpts of the source. */
  private static String sentences(String message) {
    return message
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith(" "))
        .collect(Collectors.joining(", "));
  }

  /** Returns whether a double-quoted text at an offset begins like a Windows path. */
  static boolean windowsPath(int[] text, int offset) {
    return offset + 4 < text.length
        && Character.isLetter(text[offset + 1])
        && text[offset + 2] == ':'
        && text[offset + 3] == '\\'
        && text[offset + 4] != '\\';
  }
}
