package dev.ebt.text;

import java.util.Locale;

/** Text on one line without characters that control a terminal. */
public final class Escaped {
  private Escaped() {}

  /** Returns the text with control characters, quotes and backslashes escaped as in Java. */
  public static String of(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints().forEach(point -> append(escaped, point));
    return escaped.toString();
  }

  private static void append(StringBuilder escaped, int point) {
    switch (point) {
      case '\n' -> escaped.append("\\n");
      case '\r' -> escaped.append("\\r");
      case '\t' -> escaped.append("\\t");
      case '"' -> escaped.append("\\\"");
      case '\\' -> escaped.append("\\\\");
      default -> {
        int type = Character.getType(point);
        boolean harmless =
            type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
        if (harmless) {
          escaped.appendCodePoint(point);
        } else {
          escaped.append(String.format(Locale.ROOT, "\\u%04x", point));
        }
      }
    }
  }
}
