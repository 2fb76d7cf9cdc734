package dev.ebt.text.grammar;

/**
 * The lines of a grammar with at least a given nesting depth, with the same relative probabilities
 * as in the grammar.
 *
 * @param minDepth 1 for all lines; at most the grammar's own depth
 */
public record DeepLines(BracketGrammar grammar, int minDepth) {
  /** Rejects invalid depths. */
  public DeepLines {
    if (minDepth < 1 || minDepth > grammar.maxDepth()) {
      throw new IllegalArgumentException(
          "depth " + minDepth + "; 1 to " + grammar.maxDepth() + " expected");
    }
  }

  /** Returns whether a line of the grammar has this depth. */
  public boolean contains(String line) {
    int depth = 0;
    int deepest = 0;
    for (int i = 0; i < line.length(); i++) {
      if (BracketGrammar.OPEN.indexOf(line.charAt(i)) >= 0) {
        deepest = Math.max(deepest, ++depth);
      } else if (BracketGrammar.CLOSE.indexOf(line.charAt(i)) >= 0) {
        depth--;
      }
    }
    return deepest >= minDepth;
  }

  /** Returns the probability of these lines in the grammar. */
  public double share() {
    return sums().probability();
  }

  /**
   * Returns the entropy rate in nats per byte: the lowest mean loss that any model can reach on
   * them.
   */
  public double entropyPerByte() {
    return sums().entropyPerByte();
  }

  private LineSums sums() {
    return grammar.lines(grammar.maxDepth()).without(grammar.lines(minDepth - 1));
  }
}
