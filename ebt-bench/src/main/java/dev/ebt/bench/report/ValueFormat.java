package dev.ebt.bench.report;

import dev.ebt.error.Excerpt;
import dev.ebt.error.MessageSanitizer;
import java.util.Locale;

/** Values in the form that people read in a line of text. */
public final class ValueFormat {
  /** The length in characters above which a value is shortened. */
  private static final int LONGEST = 60;

  private static final int FIRST = 40;
  private static final int LAST = 8;

  private ValueFormat() {}

  /** Returns a count with its noun, in the plural where there is not just one. */
  public static String counted(long count, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
  }

  /** Returns a text in one line: control characters escaped, a long text shortened. */
  public static String oneLine(String text) {
    int length = text.codePointCount(0, text.length());
    String cut =
        length <= LONGEST
            ? text
            : Excerpt.of(text, FIRST, LAST)
                + String.format(Locale.ROOT, " (%,d characters)", length);
    return MessageSanitizer.of(cut.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t"));
  }
}
