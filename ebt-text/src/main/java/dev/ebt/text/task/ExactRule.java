package dev.ebt.text.task;

import java.util.List;

/** The rule of tasks with short answers: the first line must be the same text. */
final class ExactRule implements AnswerRule {
  @Override
  public String description() {
    return "the first line, character by character, without the space around it";
  }

  @Override
  public AnswerScore score(String written, List<String> answers) {
    String found = FirstLine.of(written);
    return AnswerScore.of(answers.stream().anyMatch(answer -> answer.strip().equals(found)));
  }
}
