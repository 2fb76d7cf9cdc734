package dev.ebt.text.grammar;

/**
 * Sums over a set of strings, where p is the probability of each, composed as the grammar composes
 * the strings.
 *
 * @param probability Σ p
 * @param surprisal Σ −p ln p, in nats
 * @param bytes Σ p · length
 */
record LineSums(double probability, double surprisal, double bytes) {
  /** The sums over the empty set. */
  static final LineSums NONE = new LineSums(0, 0, 0);

  /** Returns the sums over a single string of this length, with probability 1. */
  static LineSums text(int length) {
    return new LineSums(1, 0, length);
  }

  /** Returns the sums over {@code count} equally likely strings of this length. */
  static LineSums alike(int count, int length) {
    return new LineSums(1, Math.log(count), length);
  }

  /** Returns the sums over concatenations of these strings with independent next ones. */
  LineSums then(LineSums next) {
    return new LineSums(
        probability * next.probability,
        surprisal * next.probability + probability * next.surprisal,
        bytes * next.probability + probability * next.bytes);
  }

  /** Returns the sums over these strings, selected with probability {@code chance}. */
  LineSums chosen(double chance) {
    return chosen(chance, chance);
  }

  /**
   * Returns the sums over these strings, selected with probability {@code chance}, where surprisals
   * are those of a model that assumes another probability.
   */
  LineSums chosen(double chance, double assumed) {
    return chance == 0
        ? NONE
        : new LineSums(
            chance * probability,
            chance * (surprisal - probability * Math.log(assumed)),
            chance * bytes);
  }

  /** Returns the sums over the union with other, disjoint strings. */
  LineSums or(LineSums others) {
    return new LineSums(
        probability + others.probability, surprisal + others.surprisal, bytes + others.bytes);
  }

  /** Returns the sums over these strings without a subset of them. */
  LineSums without(LineSums some) {
    return new LineSums(
        probability - some.probability, surprisal - some.surprisal, bytes - some.bytes);
  }

  /** Returns the entropy per byte of these strings, with probabilities normalized among them. */
  double entropyPerByte() {
    return (surprisal + probability * Math.log(probability)) / bytes;
  }
}
