package dev.ebt.inference;

import dev.ebt.interact.GivenAnswers;
import dev.ebt.modality.Modality;
import dev.ebt.run.TrainedModel;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An adapter of a modality to calls of programs, typed by an input and an output class. An {@link
 * InferencePlugin} provides it.
 *
 * @param <I> the input of a call, which has everything that is particular to the modality
 * @param <O> the output
 */
public interface InferenceAdapter<I, O> {
  /** The names of the options that {@link EbtModel} and thinking itself use. */
  Set<String> GENERAL_OPTIONS =
      Set.of(
          "steps",
          "candidates",
          "tolerance",
          "seed",
          "deadline",
          "stepSizeScale",
          "stoppingRule",
          "selection",
          "repulsion",
          "energies");

  /** Returns the name in listings: lower-case letters, digits and dashes. */
  String name();

  /** Returns a one-line description, such as {@code the continuation of a text}. */
  String summary();

  /** Returns the plural noun, or mass noun, of the data it is for, such as {@code text}. */
  String subject();

  /** Returns the class of inputs. */
  Class<I> input();

  /** Returns the class of outputs. */
  Class<O> output();

  /** Returns the form in which inputs and outputs are exchanged as JSON; empty for none. */
  default Optional<ServedForm<I, O>> served() {
    return Optional.empty();
  }

  /**
   * Converts what takes long about an input, on the thread of the caller; the input itself by
   * default. The model's thread then has less to do for each call. Any number of threads call this
   * at a time, so it must be thread-safe.
   *
   * @param modality a supported modality
   * @throws dev.ebt.error.UserException if the input is unsuitable
   */
  default I prepare(Modality modality, I input) {
    return input;
  }

  /** Returns whether this is for models of a modality. */
  boolean supports(Modality modality);

  /** Returns the names of the options of {@link Thinking} that are used; others are refused. */
  default Set<String> options() {
    return GENERAL_OPTIONS;
  }

  /**
   * Opens a session.
   *
   * @param model a model whose modality is supported; it stays open
   * @param maxBatchSize the greatest number of requests at a time
   * @throws dev.ebt.error.UserException if the model cannot answer such requests
   */
  InferenceSession<I, O> open(TrainedModel model, int maxBatchSize);

  /**
   * Returns given answers to an input as examples, for {@link EbtModel#verify}; empty if the
   * modality has none.
   *
   * @throws dev.ebt.error.UserException if the input or an answer is unsuitable
   */
  default Optional<GivenAnswers> given(Modality modality, I input, List<O> answers) {
    return Optional.empty();
  }
}
