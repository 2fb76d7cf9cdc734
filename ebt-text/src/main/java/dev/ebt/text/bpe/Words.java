package dev.ebt.text.bpe;

import java.util.List;
import java.util.function.Consumer;

/**
 * GPT-2's words, within which pairs are merged: runs of letters, of digits, of other signs, each
 * with one space before it; English endings; and white space, whose last character goes to what
 * follows. Joined, the words are the text. They are what GPT-2's pattern finds:
 *
 * <pre>{@code 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+}</pre>
 */
public final class Words {
  private static final List<String> ENDINGS = List.of("'s", "'t", "'re", "'ve", "'m", "'ll", "'d");

  private Words() {}

  /** Passes every word of a text to the consumer, in order. */
  public static void cut(String text, Consumer<String> reader) {
    int start = 0;
    while (start < text.length()) {
      int end = end(text, start);
      reader.accept(text.substring(start, end));
      start = end;
    }
  }

  /** Returns the end of the word that starts at {@code start}. */
  private static int end(String text, int start) {
    if (text.charAt(start) == '\'') {
      for (String ending : ENDINGS) {
        if (text.startsWith(ending, start)) {
          return start + ending.length();
        }
      }
    }
    int first = text.charAt(start) == ' ' && start + 1 < text.length() ? start + 1 : start;
    CharacterClass kind = CharacterClass.of(text.codePointAt(first));
    if (kind != CharacterClass.SPACE) {
      return endOfRun(text, first, kind);
    }
    int end = endOfRun(text, start, CharacterClass.SPACE);
    // All white space is in the basic multilingual plane: one char each.
    return end == text.length() || end == start + 1 ? end : end - 1;
  }

  private static int endOfRun(String text, int start, CharacterClass kind) {
    int end = start;
    while (end < text.length()) {
      int point = text.codePointAt(end);
      if (CharacterClass.of(point) != kind) {
        return end;
      }
      end += Character.charCount(point);
    }
    return end;
  }
}
