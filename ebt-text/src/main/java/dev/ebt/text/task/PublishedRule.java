package dev.ebt.text.task;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The rule of the published code, used for all tasks: the whole generated text is compared with the
 * part of the first right answer after its last line break and {@code ####}, as words in lower case
 * without ASCII punctuation. So "3" equals "-3", "1/2" equals "12", and any brackets equal any
 * others. Words are separated by white space here, while the published F1 uses NLTK's tokenizer,
 * which splits a few more ("cannot").
 */
final class PublishedRule implements AnswerRule {
  private static final String RESULT = "\n####";

  @Override
  public String description() {
    return "all that was written, as words without case and punctuation, as in the published code";
  }

  @Override
  public AnswerScore score(String written, List<String> answers) {
    String answer = answers.get(0);
    int marked = answer.lastIndexOf(RESULT);
    List<String> wanted =
        AnswerWords.of(marked < 0 ? answer : answer.substring(marked + RESULT.length()));
    List<String> found = AnswerWords.of(written);
    return new AnswerScore(wanted.equals(found), OptionalDouble.of(AnswerWords.f1(wanted, found)));
  }

  /** Returns false: only the end of text or the token limit ends an answer. */
  @Override
  public boolean finished(String written) {
    return false;
  }
}
