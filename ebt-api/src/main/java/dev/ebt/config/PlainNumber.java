package dev.ebt.config;

import java.math.BigDecimal;

/** Numbers as people write them in a configuration. */
public final class PlainNumber {
  private static final int MOST_DIGITS = 12;

  private PlainNumber() {}

  /** Returns a number without an exponent, unless it would be very long. */
  public static String of(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
    return Math.abs(exact.scale()) > MOST_DIGITS ? Double.toString(value) : exact.toPlainString();
  }
}
