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

  /**
   * Returns its beginning, for an overview: the part before a first colon that explains it, or the
   * first sentence.
   */
  public String headline() {
    int colon = sentence.indexOf(": ");
    int stop = sentence.indexOf(". ");
    int end = colon < 0 ? stop : stop < 0 ? colon : Math.min(colon, stop);
    return end < 0 ? sentence : sentence.substring(0, end) + ".";
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
