package dev.ebt.text.task;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The rule of SQuAD's evaluation script, version 1.1: words in lower case, without ASCII
 * punctuation and without the articles a, an, the; exact match and F1 with the closest of all right
 * answers.
 */
final class SquadRule implements AnswerRule {
  @Override
  public String description() {
    return "words without case, punctuation and articles, as in SQuAD's evaluation script";
  }

  /** Scores the first line. */
  @Override
  public AnswerScore score(String written, List<String> answers) {
    List<String> found = AnswerWords.withoutArticles(FirstLine.of(written));
    boolean exact = false;
    double f1 = 0;
    for (String answer : answers) {
      List<String> wanted = AnswerWords.withoutArticles(answer);
      exact |= wanted.equals(found);
      f1 = Math.max(f1, AnswerWords.f1(wanted, found));
    }
    return new AnswerScore(exact, OptionalDouble.of(f1));
  }
}
