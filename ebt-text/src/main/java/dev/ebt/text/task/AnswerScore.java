package dev.ebt.text.task;

import java.util.OptionalDouble;

/**
 * The score of one generated answer.
 *
 * @param exact whether it equals a right answer, by the rule of the task
 * @param f1 word overlap with the closest right answer, 0 to 1; empty if the task does not define
 *     this metric
 */
record AnswerScore(boolean exact, OptionalDouble f1) {
  /** Returns a score for a task that only counts exact matches. */
  static AnswerScore of(boolean exact) {
    return new AnswerScore(exact, OptionalDouble.empty());
  }
}
