package dev.ebt.text.task;

import java.util.List;

/**
 * A question and what is right.
 *
 * @param source file and record, for messages
 * @param prompt what a model is given, up to where its answer begins; an answer is separated from
 *     it by a space
 * @param answers that are right, at least one; the first one is the one that likelihoods are of
 * @param choices that there are, the right ones among them; none if the answer is free
 */
public record TaskRecord(String source, String prompt, List<String> answers, List<Choice> choices) {
  /**
   * One of the answers to choose from.
   *
   * @param score what choosing it earns: of most tasks 1 if it is right, else 0
   */
  public record Choice(String text, double score) {}

  /** Keeps the lists unmodifiable. */
  public TaskRecord {
    answers = List.copyOf(answers);
    choices = List.copyOf(choices);
  }

  /** A question with a free answer, in the words of the published code. */
  static TaskRecord question(String source, String question, String answer) {
    return new TaskRecord(source, asked(question), List.of(answer), List.of());
  }

  /** {@code Question: … Answer:}. */
  static String asked(String question) {
    return "Question: " + question + " Answer:";
  }
}
