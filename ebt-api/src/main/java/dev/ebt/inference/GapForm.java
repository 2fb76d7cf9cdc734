package dev.ebt.inference;

/**
 * The form of an adapter that fills gaps between two texts.
 *
 * @param <I> the input of the adapter: the texts around a gap
 */
public interface GapForm<I> extends ServedForm<I, String> {
  /**
   * Returns the input of a text with a gap, whose output is what the gap is filled with.
   *
   * @param before the text before the gap
   * @param after the text after the gap, not empty
   * @param mostAnswers the greatest number of {@link #answers}, at least 1
   */
  I textWithGap(String before, String after, int mostAnswers);
}
