package dev.ebt.text;

import dev.ebt.error.SettingException;

/**
 * A text with a gap that a model fills in.
 *
 * @param before the text before the gap
 * @param after the text after the gap
 * @param fills the number of continuations of {@code before}, each of whose beginnings is a
 *     candidate for the gap; at temperature 0 there is always one, as all of them would be equal
 */
public record TextWithGap(String before, String after, int fills) {
  /** The number of continuations where none is given. */
  public static final int USUAL_FILLS = 8;

  private static final int MAX_FILLS = 32;

  /**
   * Checks the values.
   *
   * @throws SettingException if there is no text after the gap, or the number is out of range
   */
  public TextWithGap {
    if (after.isEmpty()) {
      throw SettingException.of("after", "empty", "the text after the gap");
    }
    if (fills < 1 || fills > MAX_FILLS) {
      throw SettingException.of("fills", fills, "1 to " + MAX_FILLS);
    }
  }

  /** Creates a text with a gap for which there are 8 continuations. */
  public TextWithGap(String before, String after) {
    this(before, after, USUAL_FILLS);
  }
}
