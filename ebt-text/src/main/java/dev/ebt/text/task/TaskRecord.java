package dev.ebt.text.task;

import java.util.List;

/**
 * A question with its right answers.
 *
 * @param source file and record, for messages
 * @param prompt the input of a model, up to the start of its answer; a space separates the two
 * @param answers the right answers, at least one; likelihoods are computed for the first one
 * @param choices all choices, including the right ones; empty if the answer is free
 */
public record TaskRecord(String source, String prompt, List<String> answers, List<Choice> choices) {
  /**
   * One of the choices.
   *
   * @param score the score of this choice: in most tasks 1 if it is right, else 0
   */
  public record Choice(String text, double score) {}

  /** Makes unmodifiable copies of the lists. */
  public TaskRecord {
    answers = List.copyOf(answers);
    choices = List.copyOf(choices);
  }

  /** Creates a question with a free answer, with the prompt of the published code. */
  static TaskRecord question(String source, String question, String answer) {
    return new TaskRecord(source, asked(question), List.of(answer), List.of());
  }

  /** Returns {@code Question: … Answer:}. */
  static String asked(String question) {
    return "Question: " + question + " Answer:";
  }
}
