package dev.ebt.text.grammar;

/**
 * A language of lines such as {@code [3+4=7] <(9-5=4),2+2=4>}, small enough to be learned in
 * minutes, and random with a known entropy:
 *
 * <pre>
 *   line     := group ' ' group (' ' group)? '\n'      a third group with probability 1/2
 *   group(d) := open item(d) (',' item(d))? close      4 types, uniform; a second item with probability 1/4
 *   item(d)  := group(d+1) | sum                       a group with probability n if d &lt; maxDepth
 *   sum      := a '+' b '=' c | a '-' b '=' c          the 110 sums of one-digit numbers
 * </pre>
 *
 * <p>The probability of nesting n is 2/5, and sums are uniform, unless it is a dialect with another
 * n or a skew s, for which the probability of the first number a is proportional to exp(−s a).
 *
 * <p>At each byte, the preceding bytes determine the rule and the byte determines the choice. So
 * the surprisals of the choices are the surprisals of the bytes, and their expectation over a line
 * divided by the expected length of a line is the entropy rate. Closing brackets and the results of
 * sums are determined by the preceding bytes.
 *
 * @param maxDepth maximum nesting depth of brackets, at least 1
 * @param nesting the probability n that an item is a group, between 0 and 1
 * @param digitSkew the skew s of first numbers towards 0; 0 for uniform ones
 */
public record BracketGrammar(int maxDepth, double nesting, double digitSkew) {
  /** The usual probability of nesting. */
  public static final double NESTED = 0.4;

  static final double THIRD_GROUP = 0.5;
  static final double SECOND_ITEM = 0.25;
  static final String OPEN = "([{<";
  static final String CLOSE = ")]}>";

  /** All characters of the lines. */
  public static final String SIGNS = OPEN + CLOSE + "0123456789+-=, \n";

  /** For each first operand a: 10 − a second operands of an addition and a + 1 of a subtraction. */
  static final int SUMS_PER_NUMBER = 11;

  /** The maximum supported depth. */
  public static final int DEEPEST = 32;

  private static final int SUMS = 10 * SUMS_PER_NUMBER;
  private static final int SUM_LENGTH = 5;

  /** Rejects invalid values. */
  public BracketGrammar {
    if (!(nesting > 0 && nesting < 1) || !Double.isFinite(digitSkew)) {
      throw new IllegalArgumentException(
          "nesting " + nesting + ", digit skew " + digitSkew + "; 0 < nesting < 1 expected");
    }
    if (maxDepth < 1 || maxDepth > DEEPEST) {
      throw new IllegalArgumentException("depth " + maxDepth + "; 1 to " + DEEPEST + " expected");
    }
  }

  /** Creates the usual grammar of a depth. */
  public BracketGrammar(int maxDepth) {
    this(maxDepth, NESTED, 0);
  }

  /** Returns the expected surprisal of a line, including its end, in nats. */
  public double entropyPerLine() {
    return lines(maxDepth).surprisal();
  }

  /** Returns the expected number of bytes of a line, including its end. */
  public double bytesPerLine() {
    return lines(maxDepth).bytes();
  }

  /** Returns the entropy rate in nats per byte: the lowest mean loss that any model can reach. */
  public double entropyPerByte() {
    return lines(maxDepth).entropyPerByte();
  }

  /**
   * Returns the Kullback-Leibler divergence of this grammar from another one in nats per byte: how
   * much a model of the other one that is as good as possible loses on lines of this one. It is
   * infinite if the other one lacks some of these lines.
   */
  public double divergencePerByte(BracketGrammar from) {
    LineSums assumed = lines(maxDepth, from);
    return (assumed.surprisal() - entropyPerLine()) / assumed.bytes();
  }

  /** Returns the probability that an item at a nesting depth is a group. */
  double nested(int depth) {
    return depth < maxDepth ? nesting : 0;
  }

  /** Returns the probability of a first number of a sum, 0 to 9. */
  double digit(int number) {
    if (digitSkew == 0) {
      return 0.1;
    }
    double all = 0;
    for (int i = 0; i < 10; i++) {
      all += Math.exp(-digitSkew * i);
    }
    return Math.exp(-digitSkew * number) / all;
  }

  /** Returns the sums over lines nested at most {@code deepest} deep. */
  LineSums lines(int deepest) {
    return lines(deepest, this);
  }

  /** Returns the sums over lines of this grammar with the surprisals of another one. */
  private LineSums lines(int deepest, BracketGrammar assumed) {
    // Each group is followed by one byte: a space or the end.
    LineSums group = group(1, deepest, assumed).then(LineSums.text(1));
    LineSums third = LineSums.text(0).chosen(1 - THIRD_GROUP).or(group.chosen(THIRD_GROUP));
    return group.then(group).then(third);
  }

  private LineSums group(int depth, int deepest, BracketGrammar assumed) {
    if (depth > deepest) {
      return LineSums.NONE;
    }
    LineSums item = item(depth, deepest, assumed);
    LineSums second = LineSums.text(1).then(item).chosen(SECOND_ITEM);
    return LineSums.alike(OPEN.length(), 2)
        .then(item)
        .then(LineSums.text(0).chosen(1 - SECOND_ITEM).or(second));
  }

  private LineSums item(int depth, int deepest, BracketGrammar assumed) {
    double nested = nested(depth);
    double other = assumed.nested(depth);
    LineSums sum = sums(assumed).chosen(1 - nested, 1 - other);
    return nested == 0 ? sum : sum.or(group(depth + 1, deepest, assumed).chosen(nested, other));
  }

  private LineSums sums(BracketGrammar assumed) {
    if (digitSkew == 0 && assumed.digitSkew == 0) {
      return LineSums.alike(SUMS, SUM_LENGTH);
    }
    LineSums sums = LineSums.NONE;
    for (int number = 0; number < 10; number++) {
      LineSums those = LineSums.alike(SUMS_PER_NUMBER, SUM_LENGTH);
      sums = sums.or(those.chosen(digit(number), assumed.digit(number)));
    }
    return sums;
  }
}
