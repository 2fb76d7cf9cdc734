package dev.ebt.interact;

/** Text whose invisible characters are made visible, in one line. */
public final class VisibleText {
  private VisibleText() {}

  /** Returns a text with symbols for line breaks, tabs and control characters. */
  public static String of(String text) {
    StringBuilder visible = new StringBuilder();
    text.codePoints().forEach(point -> append(visible, point));
    return visible.toString();
  }

  /** Returns a text with a symbol for spaces, too, such as a token that begins with one. */
  public static String withSpaces(String text) {
    return of(text).replace(' ', '␣');
  }

  private static void append(StringBuilder visible, int point) {
    switch (point) {
      case '\n' -> visible.append("⏎");
      case '\t' -> visible.append("⇥");
      case 0 -> visible.append("∅");
      default -> visible.appendCodePoint(Character.isISOControl(point) ? '\uFFFD' : point);
    }
  }
}
