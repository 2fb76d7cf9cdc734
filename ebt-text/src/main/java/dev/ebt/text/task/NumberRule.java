package dev.ebt.text.task;

import dev.ebt.error.UserException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rule of GSM8K: the first number after {@code ####}, without its commas, must be the same text
 * on both sides. So 18 equals neither −18 nor 1.8, and an answer without the mark is wrong.
 */
final class NumberRule implements AnswerRule {
  private static final Pattern RESULT = Pattern.compile("#### (-?[0-9.,]+)");

  @Override
  public String description() {
    return "the number after '####', commas dropped, as in GSM8K's own code";
  }

  @Override
  public AnswerScore score(String written, List<String> answers) {
    Optional<String> found = number(written);
    return AnswerScore.of(
        found.isPresent() && answers.stream().anyMatch(a -> number(a).equals(found)));
  }

  private static Optional<String> number(String text) {
    Matcher matcher = RESULT.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1).replace(",", "")) : Optional.empty();
  }

  /** Returns whether a number is followed by a character that cannot be part of it. */
  @Override
  public boolean finished(String written) {
    Matcher matcher = RESULT.matcher(written);
    return matcher.find() && matcher.end() < written.length();
  }

  @Override
  public void check(TaskRecord record) {
    if (record.answers().stream().allMatch(answer -> number(answer).isEmpty())) {
      throw new UserException(
          record.source()
              + ": field 'answer' has no '#### NUMBER', which answers of gsm8k are compared"
              + " by; add it, or remove --generate");
    }
  }
}
