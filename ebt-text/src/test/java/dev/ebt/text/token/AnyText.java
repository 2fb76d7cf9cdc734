package dev.ebt.text.token;

import java.util.Random;

/** Arbitrary Unicode, what is awkward about it more often than it comes by chance. */
public final class AnyText {
  private static final String[] AWKWARD = {
    " ",
    "  ",
    "\n",
    "\r\n",
    "\t",
    "\u0085",
    "\u00A0",
    "\u2003",
    "\u3000",
    "\u200B",
    "\u200D",
    "\uFEFF",
    "\uFFFD",
    "\uFFFF",
    "\u0001",
    "\u007F",
    "'s",
    "'ll",
    "'S",
    "e\u0301",
    "\u0301",
    "é",
    "ﬁ",
    "½",
    "٣",
    "Ⅷ",
    "İ",
    "ß",
    "日本",
    "한",
    "한",
    "👩‍👩‍👧",
    "🏳️‍🌈",
    "🇩🇪",
    "𝕳",
    "\uDBFF\uDFFF",
    "<|endoftext|>",
    "<|end",
    "Ġ",
    "Ċ",
    "a",
    "B",
    "7",
    "don't"
  };

  private AnyText() {}

  /** A text of so many pieces, without NUL. */
  public static String wellFormed(Random random, int pieces) {
    StringBuilder text = new StringBuilder();
    while (pieces-- > 0) {
      if (random.nextBoolean()) {
        text.append(AWKWARD[random.nextInt(AWKWARD.length)]);
      } else {
        text.appendCodePoint(point(random));
      }
    }
    return text.toString();
  }

  /** The same with halves of surrogate pairs in it. */
  public static String broken(Random random, int pieces) {
    StringBuilder text = new StringBuilder();
    while (pieces-- > 0) {
      text.append(wellFormed(random, random.nextInt(3)));
      text.append((char) (Character.MIN_SURROGATE + random.nextInt(0x800)));
    }
    return text.toString();
  }

  private static int point(Random random) {
    int[] bounds = {0x80, 0x250, 0x800, 0x10000, Character.MAX_CODE_POINT};
    int point;
    do {
      point = 1 + random.nextInt(bounds[random.nextInt(bounds.length)]);
    } while (Character.getType(point) == Character.SURROGATE);
    return point;
  }
}
