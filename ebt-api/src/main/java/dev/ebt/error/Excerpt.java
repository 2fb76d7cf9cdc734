package dev.ebt.error;

/** Parts of texts that may be too long for a message. Lengths are in code points. */
public final class Excerpt {
  private static final String ELLIPSIS = "…";

  private Excerpt() {}

  /** Returns the beginning of a text, on one line: control characters become spaces. */
  public static String of(String text, int length) {
    StringBuilder line = new StringBuilder();
    of(text, length, 0)
        .codePoints()
        .forEach(point -> line.appendCodePoint(Character.isISOControl(point) ? ' ' : point));
    return line.toString();
  }

  /**
   * Returns the first and the last code points of a text with an ellipsis between them, or the
   * whole text if it is no longer than both.
   */
  public static String of(String text, int first, int last) {
    if (text.codePointCount(0, text.length()) <= first + last) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, first))
        + ELLIPSIS
        + text.substring(text.offsetByCodePoints(text.length(), -last));
  }
}
