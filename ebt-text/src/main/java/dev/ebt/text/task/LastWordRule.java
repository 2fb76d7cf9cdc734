package dev.ebt.text.task;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rule of LAMBADA: the first word must be the same, with case. Punctuation after a word is not
 * part of it.
 */
final class LastWordRule implements AnswerRule {
  private static final Pattern WORD =
      Pattern.compile("\\s*(\\S+?)[\\p{Punct}\\p{P}]*(?:\\s.*)?", Pattern.DOTALL);

  @Override
  public String description() {
    return "the first word, without the punctuation after it";
  }

  @Override
  public AnswerScore score(String written, List<String> answers) {
    String found = word(written);
    return AnswerScore.of(answers.stream().anyMatch(answer -> word(answer).equals(found)));
  }

  private static String word(String text) {
    Matcher matcher = WORD.matcher(text);
    return matcher.matches() ? matcher.group(1) : "";
  }

  @Override
  public boolean finished(String written) {
    return written.stripLeading().chars().anyMatch(Character::isWhitespace);
  }
}
