package dev.ebt.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers in the sentences and tables of a report. */
public final class ReportNumbers {
  private static final MathContext DIGITS = new MathContext(4);
  private static final double LARGE = 1e7;
  private static final double SMALL = 1e-4;

  private ReportNumbers() {}

  /** Returns a number with four significant digits, such as {@code 1.307} or {@code 2.1e-06}. */
  public static String of(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    double size = Math.abs(value);
    if (size != 0 && (size < SMALL || size >= LARGE)) {
      return String.format(Locale.ROOT, "%.3g", value);
    }
    BigDecimal rounded = BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0).toPlainString() : rounded.toPlainString();
  }

  /** Returns a whole number with separators, such as {@code 1,234,567}. */
  public static String of(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Returns a share, 0 to 1, as a percentage such as {@code 37 %}. */
  public static String percent(double share) {
    return Double.isFinite(share)
        ? String.format(Locale.ROOT, "%.0f %%", 100 * share)
        : Double.toString(share);
  }

  /** Returns a count with its noun, such as {@code 1 step} or {@code 2 steps}. */
  public static String count(long number, String singular) {
    return of(number) + " " + singular + (number == 1 ? "" : "s");
  }
}
