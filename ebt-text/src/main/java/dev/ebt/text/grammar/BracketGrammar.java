package dev.ebt.text.grammar;

/**
 * A language of lines such as {@code [3+4=7] <(9-5=4),2+2=4>}, small enough to be learned in
 * minutes, and random with a known entropy:
 *
 * <pre>
 *   line     := group ' ' group (' ' group)? '\n'      a third group with probability 1/2
 *   group(d) := open item(d) (',' item(d))? close      4 types, uniform; a second item with probability 1/4
 *   item(d)  := group(d+1) | sum                       a group with probability 2/5 if d &lt; maxDepth
 *   sum      := a '+' b '=' c | a '-' b '=' c          the 110 sums of one-digit numbers, uniform
 * </pre>
 *
 * <p>At each byte, the preceding bytes determine the rule and the byte determines the choice. So
 * the surprisals of the choices are the surprisals of the bytes, and their expectation over a line
 * divided by the expected length of a line is the entropy rate. Closing brackets and the results of
 * sums are determined by the preceding bytes.
 *
 * @param maxDepth maximum nesting depth of brackets, at least 1
 */
public record BracketGrammar(int maxDepth) {
  static final double THIRD_GROUP = 0.5;
  static final double SECOND_ITEM = 0.25;
  static final double NESTED = 0.4;
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

  /** Rejects invalid depths. */
  public BracketGrammar {
    if (maxDepth < 1 || maxDepth > DEEPEST) {
      throw new IllegalArgumentException("depth " + maxDepth + "; 1 to " + DEEPEST + " expected");
    }
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

  /** Returns the probability that an item at a nesting depth is a group. */
  double nested(int depth) {
    return depth < maxDepth ? NESTED : 0;
  }

  /** Returns the sums over lines nested at most {@code deepest} deep. */
  LineSums lines(int deepest) {
    // Each group is followed by one byte: a space or the end.
    LineSums group = group(1, deepest).then(LineSums.text(1));
    LineSums third = LineSums.text(0).chosen(1 - THIRD_GROUP).or(group.chosen(THIRD_GROUP));
    return group.then(group).then(third);
  }

  private LineSums group(int depth, int deepest) {
    if (depth > deepest) {
      return LineSums.NONE;
    }
    LineSums item = item(depth, deepest);
    LineSums second = LineSums.text(1).then(item).chosen(SECOND_ITEM);
    return LineSums.alike(OPEN.length(), 2)
        .then(item)
        .then(LineSums.text(0).chosen(1 - SECOND_ITEM).or(second));
  }

  private LineSums item(int depth, int deepest) {
    double nested = nested(depth);
    LineSums sum = LineSums.alike(SUMS, SUM_LENGTH).chosen(1 - nested);
    return nested == 0 ? sum : sum.or(group(depth + 1, deepest).chosen(nested));
  }
}
