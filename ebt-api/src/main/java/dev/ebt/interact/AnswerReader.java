package dev.ebt.interact;

import dev.ebt.modality.Modality;

/**
 * A reader of a context and given answers to it, which a model of some modality ranks: see {@link
 * Verification}. An {@link InteractivePlugin} provides it.
 */
public interface AnswerReader {
  /** Returns the name in listings: lower-case letters, digits and dashes. */
  String name();

  /** Returns a one-line description of the inputs. */
  String summary();

  /** Returns the plural noun, or mass noun, of the data it is for, such as {@code text}. */
  String subject();

  /** Returns whether models of this modality can rank the answers. */
  boolean supports(Modality modality);

  /**
   * Reads a context and its answers.
   *
   * @param modality a modality that is supported
   * @param truncate whether the beginning of a context is left out that is too long for the model
   *     together with an answer; all answers then have the same, shorter, context
   * @throws dev.ebt.error.UserException if an input cannot be read, there is no answer or an empty
   *     one, or the context is too long and may not be truncated
   */
  GivenAnswers read(Modality modality, Input context, Input answers, boolean truncate);
}
