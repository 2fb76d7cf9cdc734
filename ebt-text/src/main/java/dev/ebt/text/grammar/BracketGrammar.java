package dev.ebt.text.grammar;

/**
 * A language of lines such as {@code [3+4=7] <(9-5=4),2+2=4>}, small enough to be learnt in
 * minutes, and random in a way that can be computed:
 *
 * <pre>
 *   line     := group ' ' group (' ' group)? '\n'      a third group with probability 1/2
 *   group(d) := open item(d) (',' item(d))? close      4 kinds, alike; a second item with probability 1/4
 *   item(d)  := group(d+1) | sum                       a group with probability 2/5 if d &lt; maxDepth
 *   sum      := a '+' b '=' c | a '-' b '=' c          the 110 sums of one-digit numbers, alike
 * </pre>
 *
 * <p>At each byte the bytes before it tell which rule applies, and the byte tells which choice was
 * made. So the surprisals of the choices are the surprisals of the bytes, and their expectation
 * over a line by the expected length of a line is the entropy rate. What closes a bracket, and what
 * a sum comes to, is certain for who looks back.
 *
 * @param maxDepth how deep brackets may be nested, at least 1
 */
public record BracketGrammar(int maxDepth) {
  static final double THIRD_GROUP = 0.5;
  static final double SECOND_ITEM = 0.25;
  static final double NESTED = 0.4;
  static final String OPEN = "([{<";
  static final String CLOSE = ")]}>";

  /** All the characters of its lines. */
  public static final String SIGNS = OPEN + CLOSE + "0123456789+-=, \n";

  /** For each first number a: 10 − a second ones that may be added, and a + 1 to subtract. */
  static final int SUMS_PER_NUMBER = 11;

  /** The greatest depth there is. */
  public static final int DEEPEST = 32;

  private static final int SUMS = 10 * SUMS_PER_NUMBER;
  private static final int SUM_LENGTH = 5;

  /** Refuses depths without meaning. */
  public BracketGrammar {
    if (maxDepth < 1 || maxDepth > DEEPEST) {
      throw new IllegalArgumentException("depth " + maxDepth + "; 1 to " + DEEPEST + " expected");
    }
  }

  /** The expected surprisal of a line, its end included, in nats. */
  public double entropyPerLine() {
    return lines(maxDepth).surprisal();
  }

  /** The expected number of bytes of a line, its end included. */
  public double bytesPerLine() {
    return lines(maxDepth).bytes();
  }

  /** The entropy rate in nats per byte: the least mean loss that any model can have. */
  public double entropyPerByte() {
    return lines(maxDepth).entropyPerByte();
  }

  /** The probability that an item is a group, inside so many brackets. */
  double nested(int depth) {
    return depth < maxDepth ? NESTED : 0;
  }

  /** The lines that are nested at most so deep. */
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
