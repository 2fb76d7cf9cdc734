package dev.ebt.text.document;

/** The beginning of a text that may be too long for a message. */
public final class Excerpt {
  private Excerpt() {}

  /** Returns the text on one line, cut to about {@code length} characters. */
  public static String of(String text, int length) {
    int end = Math.min(text.length(), length);
    if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    StringBuilder line = new StringBuilder();
    text.substring(0, end)
        .codePoints()
        .forEach(point -> line.appendCodePoint(Character.isISOControl(point) ? ' ' : point));
    return end < text.length() ? line.append('…').toString() : line.toString();
  }
}
