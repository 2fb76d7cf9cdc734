package dev.ebt.text.token;

import java.nio.charset.StandardCharsets;

/** Text that UTF-8 can encode. */
public final class SurrogateRepair {
  private SurrogateRepair() {}

  /** Returns the text with "?" for every unpaired surrogate, as Java's own encoder does. */
  public static String of(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text)
        ? text
        : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
