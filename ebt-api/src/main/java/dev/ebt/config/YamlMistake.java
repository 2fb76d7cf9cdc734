package dev.ebt.config;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The reason why a text is no YAML, for people who do not know the grammar of YAML.
 *
 * @param line the line that the parser could not go on from, or 0 if it did not say
 * @param reason the fault and, where one can be guessed, the fix
 */
record YamlMistake(int line, String reason) {
  /** The reason why a Windows path in double quotes is not what it seems. */
  static final String BACKSLASH =
      "in double quotes a backslash begins an escape such as \\n; write a path with / or in single"
          + " quotes, 'C:\\data\\book.txt'";

  private static final Pattern LINE = Pattern.compile(", line (\\d+), column \\d+:");
  private static final Pattern CHARACTER = Pattern.compile("character '([@`%])' that cannot start");

  /** The reason that the parser's message, of several lines, gives. */
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
        .map((MatchResult found) -> "a value that begins with " + found.group(1) + " needs quotes")
        .findFirst()
        .orElseGet(() -> sentences(message));
  }

  /** The message without the parser's own pictures of the place. */
  private static String sentences(String message) {
    return message
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith(" "))
        .collect(Collectors.joining(", "));
  }

  /** Returns whether a double-quoted text at an offset begins as a path of Windows does. */
  static boolean windowsPath(int[] text, int offset) {
    return offset + 4 < text.length
        && Character.isLetter(text[offset + 1])
        && text[offset + 2] == ':'
        && text[offset + 3] == '\\'
        && text[offset + 4] != '\\';
  }
}
