package dev.ebt.text.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Words of a text as compared in question answering: in lower case, without ASCII punctuation,
 * separated by white space. Equivalent to Python's {@code str.lower}, {@code string.punctuation}
 * and {@code str.split}.
 */
final class AnswerWords {
  /** Without the Unicode flag these are the 32 characters of Python's string.punctuation. */
  private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");

  private static final Pattern SPACE = Pattern.compile("[\\s\\x1c-\\x1f\\x85\\p{Z}]+");

  /** Java's \b differs between JDKs outside of ASCII; this is Python's. */
  private static final Pattern ARTICLE =
      Pattern.compile("(?<![\\p{L}\\p{N}_])(?:a|an|the)(?![\\p{L}\\p{N}_])");

  private AnswerWords() {}

  /** Returns all words. */
  static List<String> of(String text) {
    return split(plain(text));
  }

  /** Returns all words except the articles a, an, the. */
  static List<String> withoutArticles(String text) {
    return split(ARTICLE.matcher(plain(text)).replaceAll(" "));
  }

  private static String plain(String text) {
    return PUNCTUATION.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
  }

  private static List<String> split(String text) {
    return Arrays.stream(SPACE.split(text)).filter(word -> !word.isEmpty()).toList();
  }

  /** Returns the harmonic mean of the shares of common words, regardless of their order. */
  static double f1(List<String> wanted, List<String> found) {
    List<String> left = new ArrayList<>(wanted);
    int common = 0;
    for (String word : found) {
      common += left.remove(word) ? 1 : 0;
    }
    return common == 0 ? 0 : 2.0 * common / (wanted.size() + found.size());
  }
}
