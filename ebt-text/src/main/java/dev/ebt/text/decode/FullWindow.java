package dev.ebt.text.decode;

import java.util.Locale;

/** What generation does once the text is longer than the window of the model. */
public enum FullWindow {
  /**
   * Goes on from the last half of the window, which is observed anew; the next full window is half
   * a window later. Each token is observed twice at most.
   */
  HALF,
  /** Ends the text. */
  STOP,
  /** Observes the last full window anew for every token. */
  SLIDE;

  /**
   * Returns the first token that is observed to predict the next one.
   *
   * @param given number of tokens of the prompt; of a longer one than the window the end is
   *     observed
   * @param end number of tokens so far, at least {@code given}
   * @param length of the window
   */
  int first(int given, int end, int length) {
    if (this == SLIDE) {
      return Math.max(0, end - length);
    }
    int first = Math.max(0, given - length);
    int beyond = end - first - length;
    int freed = Math.max(1, length - length / 2);
    return beyond <= 0 ? first : first + (beyond + freed - 1) / freed * freed;
  }

  /** Returns whether a text of {@code end} tokens ends because its window is full. */
  boolean ends(int given, int end, int length) {
    return this == STOP && end > Math.max(given, length);
  }

  /** Returns the name in lower case, as options have it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
