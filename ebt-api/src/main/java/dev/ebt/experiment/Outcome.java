package dev.ebt.experiment;

/** The answers to the question of an experiment. */
public enum Outcome {
  /** The claim holds. */
  HOLDS("holds"),
  /** The claim does not hold. */
  DOES_NOT_HOLD("does not hold"),
  /** The results do not decide. */
  CANNOT_TELL("cannot tell at this size");

  private final String words;

  Outcome(String words) {
    this.words = words;
  }

  /** Returns it in words. */
  public String words() {
    return words;
  }
}
