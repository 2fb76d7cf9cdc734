package dev.ebt.report;

/**
 * What a section shows, for a reader who has not seen one before.
 *
 * @param tone whether it is good news
 * @param sentence one or two plain sentences
 */
public record Verdict(Tone tone, String sentence) {
  /** Whether something is as hoped for. */
  public enum Tone {
    /** As hoped for. */
    GOOD,
    /** Neither good nor bad, or not known. */
    NEUTRAL,
    /** Not as hoped for. */
    BAD
  }

  /** Creates a verdict that is as hoped for. */
  public static Verdict good(String sentence) {
    return new Verdict(Tone.GOOD, sentence);
  }

  /** Creates a verdict that is neither good nor bad. */
  public static Verdict neutral(String sentence) {
    return new Verdict(Tone.NEUTRAL, sentence);
  }

  /** Creates a verdict that is not as hoped for. */
  public static Verdict bad(String sentence) {
    return new Verdict(Tone.BAD, sentence);
  }
}
