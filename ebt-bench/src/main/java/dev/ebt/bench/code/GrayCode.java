package dev.ebt.bench.code;

/**
 * The reflected binary code of words of some bits. Each bit of a code depends on two bits of the
 * word, each bit of the word on all bits of the code from the highest down to it:
 *
 * <pre>
 * code_i = word_i ⊕ word_i+1        word_i = code_i ⊕ code_i+1 ⊕ …
 * </pre>
 */
final class GrayCode {
  private GrayCode() {}

  /** Returns the code of a word. */
  static int encode(int word) {
    return word ^ word >>> 1;
  }

  /** Returns the word of a code. */
  static int decode(int code) {
    int word = 0;
    for (int rest = code; rest != 0; rest >>>= 1) {
      word ^= rest;
    }
    return word;
  }

  /** Returns the bits of a number as 1 and −1, the lowest first. */
  static double[] signs(int number, int bits) {
    double[] signs = new double[bits];
    for (int i = 0; i < bits; i++) {
      signs[i] = (number >>> i & 1) == 1 ? 1 : -1;
    }
    return signs;
  }
}
