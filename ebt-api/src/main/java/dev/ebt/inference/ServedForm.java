package dev.ebt.inference;

import dev.ebt.modality.Modality;

/**
 * The form in which the inputs and outputs of an {@link InferenceAdapter} are exchanged as JSON, so
 * that a server answers requests of any modality. JSON values are those of Java: {@link String},
 * {@link Number}, {@link Boolean}, {@link java.util.List}, {@link java.util.Map} of strings to such
 * values, and null.
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
   * Returns the output that a JSON value describes, a given answer whose energy is asked for.
   *
   * @param modality a supported modality
   * @throws dev.ebt.error.UserException if it describes none
   */
  O output(Modality modality, Object json);

  /** Returns the JSON value of an output, which {@link #output} accepts. */
  Object json(O output);
}
