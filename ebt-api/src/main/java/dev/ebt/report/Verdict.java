package dev.ebt.report;

import java.util.regex.Pattern;

/**
 * What a section shows, for a reader who has not seen one before.
 *
 * @param tone whether it is good news
 * @param sentence one or two plain sentences
 */
public record Verdict(Tone tone, String sentence) {
  private static final Pattern WORD = Pattern.compile(" +");

  /** The fewest words before a colon that are a conclusion by themselves. */
  private static final int TELLING = 6;

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
   * Returns its beginning, for an overview: the first sentence. One that begins with its conclusion
   * in six or more words and explains it after a colon is shortened to these; fewer, such as {@code
   * No:}, say too little alone.
   */
  public String headline() {
    int stop = sentence.indexOf(". ");
    String first = stop < 0 ? sentence : sentence.substring(0, stop + 1);
    int colon = first.indexOf(": ");
    return colon > 0 && WORD.splitAsStream(first.substring(0, colon)).count() >= TELLING
        ? first.substring(0, colon) + "."
        : first;
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
