package dev.ebt.text.token;

import java.nio.charset.StandardCharsets;

/** Text that UTF-8 can hold. */
public final class WellFormed {
  private WellFormed() {}

  /** The text with "?" for every half of a surrogate pair, as Java's own encoder has it. */
  public static String of(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text)
        ? text
        : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
