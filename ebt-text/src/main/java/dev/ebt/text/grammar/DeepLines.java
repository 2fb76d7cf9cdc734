package dev.ebt.text.grammar;

/**
 * The lines of a grammar that are somewhere nested at least so deep, as probable among each other
 * as in the grammar.
 *
 * @param minDepth 1 for all lines; at most the grammar's own depth
 */
public record DeepLines(BracketGrammar grammar, int minDepth) {
  /** Refuses depths without meaning. */
  public DeepLines {
    if (minDepth < 1 || minDepth > grammar.maxDepth()) {
      throw new IllegalArgumentException(
          "depth " + minDepth + "; 1 to " + grammar.maxDepth() + " expected");
    }
  }

  /** Whether this line of the grammar is one of them. */
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

  /** The share of the grammar's lines that they are. */
  public double share() {
    return sums().probability();
  }

  /** Their entropy rate in nats per byte: the least mean loss that any model can have on them. */
  public double entropyPerByte() {
    return sums().entropyPerByte();
  }

  private LineSums sums() {
    return grammar.lines(grammar.maxDepth()).without(grammar.lines(minDepth - 1));
  }
}
