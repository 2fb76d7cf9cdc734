package dev.ebt.text.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How well a text agrees with the best of several right answers. Compared are words in lower case
 * without punctuation, as in the published code; where a right answer is nothing but punctuation
 * (brackets to be closed), its characters as they are, without spaces.
 *
 * @param exact 1 if all words agree in order, else 0
 * @param f1 harmonic mean of the shares of words in common, however ordered
 */
public record AnswerScore(double exact, double f1) {
  /** The best score of a text against any of the answers. */
  public static AnswerScore of(String written, List<String> answers) {
    double exact = 0;
    double f1 = 0;
    for (String answer : answers) {
      List<String> wanted = words(answer);
      List<String> found = words(written);
      if (wanted.isEmpty()) {
        wanted = characters(answer);
        found = characters(written);
      }
      exact = Math.max(exact, wanted.equals(found) ? 1 : 0);
      f1 = Math.max(f1, overlap(wanted, found));
    }
    return new AnswerScore(exact, f1);
  }

  private static List<String> words(String text) {
    String bare = text.toLowerCase(Locale.ROOT).replaceAll("[\\p{P}\\p{S}]", "").strip();
    return bare.isEmpty() ? List.of() : Arrays.asList(bare.split("\\s+"));
  }

  private static List<String> characters(String text) {
    return text.codePoints()
        .filter(c -> !Character.isWhitespace(c))
        .mapToObj(Character::toString)
        .toList();
  }

  private static double overlap(List<String> wanted, List<String> found) {
    List<String> left = new ArrayList<>(wanted);
    int common = 0;
    for (String word : found) {
      common += left.remove(word) ? 1 : 0;
    }
    return common == 0 ? 0 : 2.0 * common / (wanted.size() + found.size());
  }
}
