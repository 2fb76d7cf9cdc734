package dev.ebt.text.grammar;

import dev.ebt.tensor.Philox;

/** Writes lines of a {@link BracketGrammar}. Line i of a seed is always the same. */
public final class BracketWriter {
  /** Keeps the draws apart from others of the same seed. */
  private static final long SITE = 0x627261636B6574L;

  private final BracketGrammar grammar;
  private final long key;

  /** A writer whose lines differ from those of other seeds. */
  public BracketWriter(BracketGrammar grammar, long seed) {
    this.grammar = grammar;
    this.key = Philox.key(seed, SITE);
  }

  /** One line, with the newline that ends it. */
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

  private static void sum(StringBuilder line, Draws draws) {
    int a = draws.below(10);
    int choice = draws.below(BracketGrammar.SUMS_PER_NUMBER);
    boolean added = choice < 10 - a;
    int b = added ? choice : choice - (10 - a);
    line.append(a).append(added ? '+' : '-').append(b).append('=').append(added ? a + b : a - b);
  }

  /** The random numbers of one line, one after the other. */
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

    /** Uniform in [0, 1), with 53 random bits. */
    private double next() {
      int[] words = Philox.block(key, drawn++, index);
      long bits = ((long) words[0] << 32) | (words[1] & 0xFFFFFFFFL);
      return (bits >>> 11) * 0x1p-53;
    }
  }
}
