package dev.ebt.inference;

import java.util.List;
import java.util.OptionalDouble;

/**
 * One prediction of an answer: a token of a text, an image, a frame of a clip.
 *
 * @param text what it adds to the text of the answer: nothing yet, while the text could still be
 *     the beginning of a stop string or half a character; then it comes with a later prediction
 * @param element the predicted element alone as text, such as that of a token; empty for a
 *     prediction that is not an element of a sequence
 * @param energies the energy of the selected candidate before the first step and after each step,
 *     without those of predictions that a stopping rule ended; empty for a model without an energy
 * @param evaluations the number of network evaluations that it took, those of candidates that were
 *     not selected included
 * @param logProbability the natural logarithm of the probability of the element under the final
 *     candidate; empty where there is no distribution
 * @param likeliest the elements of the greatest probability, the greatest first; a few of them, or
 *     none where there is no distribution
 */
public record Prediction(
    String text,
    String element,
    List<Double> energies,
    int evaluations,
    OptionalDouble logProbability,
    List<Alternative> likeliest) {
  /** Copies the lists. */
  public Prediction {
    energies = List.copyOf(energies);
    likeliest = List.copyOf(likeliest);
  }

  /**
   * An element that could have been predicted.
   *
   * @param element the element as text
   * @param logProbability the natural logarithm of its probability
   */
  public record Alternative(String element, double logProbability) {}

  /** Returns a prediction that is not an element of a sequence. */
  static Prediction of(List<Double> energies, int evaluations) {
    return new Prediction("", "", energies, evaluations, OptionalDouble.empty(), List.of());
  }
}
