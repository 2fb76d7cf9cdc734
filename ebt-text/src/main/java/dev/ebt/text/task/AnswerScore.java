package dev.ebt.text.task;

import java.util.OptionalDouble;

/**
 * The score of one generated answer.
 *
 * @param exact whether it equals a right answer, by the rule of the task
 * @param f1 overlap of words with the nearest right answer, 0 to 1; empty where the task has no
 *     such measure
 */
record AnswerScore(boolean exact, OptionalDouble f1) {
  /** A score of a task that only counts exact matches. */
  static AnswerScore of(boolean exact) {
    return new AnswerScore(exact, OptionalDouble.empty());
  }
}
