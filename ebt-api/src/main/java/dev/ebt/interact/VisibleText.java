package dev.ebt.interact;

/** Text whose invisible characters are made visible, in one line. */
public final class VisibleText {
  private VisibleText() {}

  /**
   * Returns a text with symbols for line breaks, tabs and control characters, also of the direction
   * of text.
   */
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
      default -> visible.appendCodePoint(isInvisible(point) ? '\uFFFD' : point);
    }
  }

  /** Returns whether a character controls others, such as the direction of those after it. */
  private static boolean isInvisible(int point) {
    return Character.isISOControl(point)
        || point == 0x061C
        || point >= 0x200E && point <= 0x200F
        || point >= 0x202A && point <= 0x202E
        || point >= 0x2066 && point <= 0x2069;
  }
}
