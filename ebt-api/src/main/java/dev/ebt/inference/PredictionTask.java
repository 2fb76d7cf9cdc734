package dev.ebt.inference;

import dev.ebt.predict.FixedElements;
import dev.ebt.tensor.Array;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request in terms of a model: one prediction, or several of which each has the former ones in
 * its context. A {@link PredictionSession} makes the predictions.
 *
 * @param <O> the output
 */
public interface PredictionTask<O> {
  /** Returns whether all predictions were made. */
  boolean complete();

  /** Returns the context of the next prediction: the features by name, each [1, ...]. */
  Map<String, Array> context();

  /**
   * Returns the index of the next prediction among those of its row. It is not 0 only for a
   * modality that predicts at every position of a sequence.
   */
  default int position() {
    return 0;
  }

  /**
   * Returns the elements of the next candidate that are given, with a mask and values of one row,
   * [1, ...], and the rest of which is predicted; empty if there are none. Only models with an
   * energy can hold elements.
   */
  default Optional<FixedElements> fixed() {
    return Optional.empty();
  }

  /**
   * Adds a prediction.
   *
   * @param candidate the candidate of the row, as the modality has it
   */
  void add(Array candidate);

  /** Returns the answer of the predictions so far, of which there is at least one. */
  O answer();

  /** Returns the answer as text. */
  String text();

  /**
   * Returns a task of one prediction.
   *
   * @param context the features by name, each [1, ...]
   * @param decode converts the candidate, as the modality has it, to the answer
   * @param text converts the answer to text
   */
  static <O> PredictionTask<O> once(
      Map<String, Array> context, Function<Array, O> decode, Function<O, String> text) {
    return new OnePrediction<>(context, null, decode, text);
  }

  /**
   * Returns a task of one prediction with given elements.
   *
   * @param context the features by name, each [1, ...]
   * @param fixed the given elements, of one row
   * @param decode converts the candidate, as the modality has it, to the answer
   * @param text converts the answer to text
   */
  static <O> PredictionTask<O> filling(
      Map<String, Array> context,
      FixedElements fixed,
      Function<Array, O> decode,
      Function<O, String> text) {
    return new OnePrediction<>(context, fixed, decode, text);
  }
}
