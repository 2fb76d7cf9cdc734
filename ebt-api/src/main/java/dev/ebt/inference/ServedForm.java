package dev.ebt.inference;

import dev.ebt.modality.Modality;
import java.util.Map;

/**
 * The form in which the inputs and outputs of an {@link InferenceAdapter} are exchanged as JSON, so
 * that a server answers requests of any modality. JSON values are those of Java: {@link String},
 * {@link Number}, {@link Boolean}, {@link java.util.List}, {@link Map} of strings to such values,
 * and null.
 *
 * @param <I> the input of the adapter
 * @param <O> its output
 */
public interface ServedForm<I, O> {
  /** Returns the form of an input in words, such as {@code a number, x}. */
  String expected();

  /**
   * Returns the input that a JSON value describes.
   *
   * @param modality a supported modality
   * @throws dev.ebt.error.UserException if it describes none
   */
  I input(Modality modality, Object json);

  /**
   * Returns the texts of an input that the tokenizer of the model encodes, each by the name of its
   * field. A server limits their tokens, and counts them. Empty by default.
   */
  default Map<String, String> texts(I input) {
    return Map.of();
  }

  /** Returns the number of answers that the model makes for an input, which a server limits. */
  default int answers(I input) {
    return 1;
  }

  /**
   * Returns the number of predictions, one after the other, that an answer takes if the input
   * decides it, such as the number of elements to continue a sequence by. A server limits it.
   */
  default int predictions(I input) {
    return 1;
  }

  /**
   * Returns the output that a JSON value describes, a given answer whose energy is asked for.
   *
   * @param modality a supported modality
   * @throws dev.ebt.error.UserException if it describes none
   */
  O output(Modality modality, Object json);

  /** Returns the JSON value of an output, which {@link #output} accepts. */
  Object json(O output);
}
