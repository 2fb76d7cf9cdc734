package dev.ebt.interact;

import dev.ebt.modality.Modality;
import dev.ebt.run.RunParts;
import dev.ebt.run.TrainedModel;
import java.util.Optional;
import java.util.Set;

/**
 * A way to use a trained model of some modality: takes a user's input as options and produces typed
 * outputs. The command {@code think} runs the first interaction that supports the model's modality,
 * has all options that are given, and accepts them. An {@link InteractivePlugin} provides it.
 *
 * @param <O> the record of its own options, whose components are marked with {@link Option}
 */
public interface Interaction<O extends Record> {
  /** Returns the name in listings: lower-case letters, digits and dashes. */
  String name();

  /** Returns a one-line description as a clause, such as {@code noise is removed from an image}. */
  String summary();

  /** Returns the plural noun for the data it is for, such as {@code images}. */
  String subject();

  /** Returns whether this is for models of a modality. */
  boolean supports(Modality modality);

  /** Returns the class of the options record. */
  Class<O> options();

  /**
   * Returns whether the given options ask for this interaction rather than for the default one,
   * which shows predictions of validation examples.
   */
  default boolean accepts(O options) {
    return true;
  }

  /**
   * Returns the name of the option that holds an input, such as {@code --prompt}, if the
   * interaction can answer one input after the other; empty if there is none. Where the option is
   * not given, the command {@code think} asks a person for it, or reads it from a pipe. Its type is
   * {@code String}.
   *
   * @param given the names of the options that are given, one of which may take its place, such as
   *     {@code --prompts}
   */
  default Optional<String> promptedOption(Set<String> given) {
    return Optional.empty();
  }

  /**
   * Runs the interaction.
   *
   * @param outputs receives the outputs one by one, as soon as they are known
   * @throws dev.ebt.error.UserException if an option has an unsuitable value
   */
  void run(TrainedModel model, CommonOptions common, O options, Outputs outputs);

  /**
   * Returns a preview of what a model in training produces, if there is a better one than a
   * prediction of an example; the caller closes it.
   */
  default Optional<Preview> preview(RunParts parts) {
    return Optional.empty();
  }

  /**
   * Returns the options to suggest after a training, such as {@code --out strips}; may be empty.
   */
  default String suggestion() {
    return "";
  }
}
