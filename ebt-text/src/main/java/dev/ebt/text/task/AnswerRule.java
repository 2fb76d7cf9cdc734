package dev.ebt.text.task;

import java.util.List;

/** A rule that compares a generated answer with the right ones. */
interface AnswerRule {
  /** Returns a short, readable description of the comparison. */
  String description();

  /**
   * Scores a generated answer.
   *
   * @param answers the right answers, at least one
   */
  AnswerScore score(String written, List<String> answers);

  /** Returns whether the text generated so far contains everything that is compared. */
  default boolean finished(String written) {
    return written.stripLeading().indexOf('\n') > 0;
  }

  /**
   * Checks that a record can be answered correctly under this rule.
   *
   * @throws dev.ebt.error.UserException if none of its right answers is valid under this rule
   */
  default void check(TaskRecord record) {}
}
