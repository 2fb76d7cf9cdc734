package dev.ebt.text.grammar;

import dev.ebt.tensor.Philox;

/** A generator of lines of a {@link BracketGrammar}. Line i of a seed is always the same. */
public final class BracketWriter {
  /** The random site that separates these draws from others of the same seed. */
  private static final long SITE = 0x627261636B6574L;

  private final BracketGrammar grammar;
  private final long key;

  /** Creates a generator whose lines differ from those of other seeds. */
  public BracketWriter(BracketGrammar grammar, long seed) {
    this.grammar = grammar;
    this.key = Philox.key(seed, SITE);
  }

  /** Returns a line, including its final newline. */
  public String line(long index) {
    StringBuilder line = new StringBuilder();
    Draws draws = new Draws(index);
    group(line, draws, 1);
    line.append(' ');
    group(line, draws, 1);
    if (draws.chance(BracketGrammar.THIRD_GROUP)) {
      line.append(' ');
      group(line, draws, 1);
    }
    return line.append('\n').toString();
  }

  private void group(StringBuilder line, Draws draws, int depth) {
    int kind = draws.below(BracketGrammar.OPEN.length());
    line.append(BracketGrammar.OPEN.charAt(kind));
    item(line, draws, depth);
    if (draws.chance(BracketGrammar.SECOND_ITEM)) {
      line.append(',');
      item(line, draws, depth);
    }
    line.append(BracketGrammar.CLOSE.charAt(kind));
  }

  private void item(StringBuilder line, Draws draws, int depth) {
    if (draws.chance(grammar.nested(depth))) {
      group(line, draws, depth + 1);
    } else {
      sum(line, draws);
    }
  }

  private void sum(StringBuilder line, Draws draws) {
    int a = grammar.digitSkew() == 0 ? draws.below(10) : draws.digit();
    int choice = draws.below(BracketGrammar.SUMS_PER_NUMBER);
    boolean added = choice < 10 - a;
    int b = added ? choice : choice - (10 - a);
    line.append(a).append(added ? '+' : '-').append(b).append('=').append(added ? a + b : a - b);
  }

  /** The sequence of random numbers of one line. */
  private final class Draws {
    private final long index;
    private long drawn;

    Draws(long index) {
      this.index = index;
    }

    boolean chance(double probability) {
      return next() < probability;
    }

    int below(int bound) {
      return (int) (next() * bound);
    }

    /** Returns a first number of a sum, by the inverse of its distribution. */
    int digit() {
      double left = next();
      int digit = 0;
      while (digit < 9 && left >= grammar.digit(digit)) {
        left -= grammar.digit(digit++);
      }
      return digit;
    }

    /** Returns a uniform number in [0, 1), with 53 random bits. */
    private double next() {
      int[] words = Philox.block(key, drawn++, index);
      long bits = ((long) words[0] << 32) | (words[1] & 0xFFFFFFFFL);
      return (bits >>> 11) * 0x1p-53;
    }
  }
}
