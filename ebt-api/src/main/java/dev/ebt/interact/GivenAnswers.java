package dev.ebt.interact;

import dev.ebt.modality.Examples;
import java.util.List;

/**
 * Given answers to one context, as examples.
 *
 * @param examples the examples; their predictions of weight 1 are exactly those of the answers, in
 *     order by row and position
 * @param answers the answers in their order, at least one
 * @param predictionUnit the noun for one prediction, such as {@code token}
 * @param lengthUnit the noun for one unit of length, such as {@code byte}
 */
public record GivenAnswers(
    Examples examples, List<Answer> answers, String predictionUnit, String lengthUnit) {
  /** Copies the list. */
  public GivenAnswers {
    answers = List.copyOf(answers);
  }

  /**
   * An answer.
   *
   * @param text a readable form
   * @param predictions the number of predictions that it consists of, at least 1
   * @param length its length in a unit that does not depend on the encoding, at least 1
   */
  public record Answer(String text, int predictions, long length) {}
}
