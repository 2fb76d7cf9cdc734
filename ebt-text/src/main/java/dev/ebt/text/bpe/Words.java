package dev.ebt.text.bpe;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * GPT-2's words, within which pairs are merged: runs of letters, of digits, of other signs, each
 * with one space before it; English endings; and white space, whose last character goes to what
 * follows. Letters, digits and spaces are those of Unicode. Joined, the words are the text.
 */
public final class Words {
  private static final Pattern WORD =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d"
              + "| ?\\p{L}+| ?\\p{N}+| ?[^\\p{IsWhite_Space}\\p{L}\\p{N}]+"
              + "|\\p{IsWhite_Space}+(?!\\P{IsWhite_Space})|\\p{IsWhite_Space}+");

  private Words() {}

  /** Hands over every word of a text, in order. */
  public static void cut(String text, Consumer<String> reader) {
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      reader.accept(word.group());
    }
  }
}
