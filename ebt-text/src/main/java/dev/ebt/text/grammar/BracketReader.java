package dev.ebt.text.grammar;

import java.util.Arrays;
import java.util.Optional;

/** A parser of lines of a {@link BracketGrammar} that computes the surprisal of each byte. */
public final class BracketReader {
  private final BracketGrammar grammar;
  private final String line;
  private final double[] surprisals;
  private int position;

  private BracketReader(BracketGrammar grammar, String line) {
    this.grammar = grammar;
    this.line = line;
    this.surprisals = new double[line.length()];
  }

  /**
   * Returns −ln p(byte | preceding bytes of the line) of each byte, including the final newline.
   *
   * @return empty if the line is not in the language
   */
  public static Optional<double[]> surprisals(BracketGrammar grammar, String line) {
    BracketReader reader = new BracketReader(grammar, line);
    return reader.line() ? Optional.of(reader.surprisals) : Optional.empty();
  }

  /** Returns −ln p(line): infinite if the line is not in the language. */
  public static double surprisal(BracketGrammar grammar, String line) {
    return surprisals(grammar, line)
        .map(each -> Arrays.stream(each).sum())
        .orElse(Double.POSITIVE_INFINITY);
  }

  private boolean line() {
    if (!(group(1) && take(' ', 1) && group(1))) {
      return false;
    }
    boolean third = take(' ', BracketGrammar.THIRD_GROUP);
    return (!third || group(1))
        && take('\n', third ? 1 : 1 - BracketGrammar.THIRD_GROUP)
        && position == line.length();
  }

  private boolean group(int depth) {
    int kind = BracketGrammar.OPEN.indexOf(peek());
    return kind >= 0
        && take(peek(), 1.0 / BracketGrammar.OPEN.length())
        && item(depth)
        && rest(depth, BracketGrammar.CLOSE.charAt(kind));
  }

  private boolean rest(int depth, char close) {
    return take(',', BracketGrammar.SECOND_ITEM)
        ? item(depth) && take(close, 1)
        : take(close, 1 - BracketGrammar.SECOND_ITEM);
  }

  private boolean item(int depth) {
    int first = position;
    double nested = grammar.nested(depth);
    boolean group = BracketGrammar.OPEN.indexOf(peek()) >= 0;
    boolean read = group ? nested > 0 && group(depth + 1) : sum();
    if (read) {
      // The first byte of an item also determines the type of item.
      surprisals[first] -= Math.log(group ? nested : 1 - nested);
    }
    return read;
  }

  private boolean sum() {
    int a = digit();
    if (a < 0 || !take(peek(), grammar.digit(a))) {
      return false;
    }
    boolean added = peek() == '+';
    double choices = added ? 10 - a : a + 1;
    if (!take(added ? '+' : '-', choices / BracketGrammar.SUMS_PER_NUMBER)) {
      return false;
    }
    int b = digit();
    int result = added ? a + b : a - b;
    return b >= 0
        && result >= 0
        && result <= 9
        && take(peek(), 1 / choices)
        && take('=', 1)
        && take((char) ('0' + result), 1);
  }

  private int digit() {
    return "0123456789".indexOf(peek());
  }

  /** Returns the next byte; at the end of the line a byte that is not in the language. */
  private char peek() {
    return position < line.length() ? line.charAt(position) : '\0';
  }

  /** Advances by one byte if it is the expected one. */
  private boolean take(char expected, double probability) {
    if (peek() != expected || position == line.length()) {
      return false;
    }
    surprisals[position++] -= Math.log(probability);
    return true;
  }
}
