package dev.ebt.text.grammar;

/**
 * Sums over a set of strings, p being the probability of each: built up as the grammar builds the
 * strings.
 *
 * @param probability Σ p
 * @param surprisal Σ −p ln p, in nats
 * @param bytes Σ p · length
 */
record LineSums(double probability, double surprisal, double bytes) {
  /** No string at all. */
  static final LineSums NONE = new LineSums(0, 0, 0);

  /** One string of this length, for certain. */
  static LineSums text(int length) {
    return new LineSums(1, 0, length);
  }

  /** So many strings of this length, alike. */
  static LineSums alike(int count, int length) {
    return new LineSums(1, Math.log(count), length);
  }

  /** These strings, each followed by each of the others, independently. */
  LineSums then(LineSums next) {
    return new LineSums(
        probability * next.probability,
        surprisal * next.probability + probability * next.surprisal,
        bytes * next.probability + probability * next.bytes);
  }

  /** These strings if a choice of probability {@code chance} falls on them. */
  LineSums chosen(double chance) {
    return chance == 0
        ? NONE
        : new LineSums(
            chance * probability,
            chance * (surprisal - probability * Math.log(chance)),
            chance * bytes);
  }

  /** These strings and others, which differ. */
  LineSums or(LineSums others) {
    return new LineSums(
        probability + others.probability, surprisal + others.surprisal, bytes + others.bytes);
  }

  /** These strings without some of them. */
  LineSums without(LineSums some) {
    return new LineSums(
        probability - some.probability, surprisal - some.surprisal, bytes - some.bytes);
  }

  /** The entropy per byte if only these strings come, each as probable as among them. */
  double entropyPerByte() {
    return (surprisal + probability * Math.log(probability)) / bytes;
  }
}
