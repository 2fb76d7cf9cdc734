package dev.ebt.text.task;

import java.util.List;

/** A rule by which a generated answer is compared with the right ones. */
interface AnswerRule {
  /** A short description of what is compared, for a person. */
  String description();

  /**
   * Scores what a model wrote.
   *
   * @param answers the right ones, at least one
   */
  AnswerScore score(String written, List<String> answers);

  /** Whether what a model has written so far holds all that is compared. */
  default boolean finished(String written) {
    return written.stripLeading().indexOf('\n') > 0;
  }

  /**
   * Checks that an answer can be right at all.
   *
   * @throws dev.ebt.error.UserException if none of the right answers is one by this rule
   */
  default void check(TaskRecord record) {}
}
