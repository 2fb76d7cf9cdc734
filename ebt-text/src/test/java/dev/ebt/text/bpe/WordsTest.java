package dev.ebt.text.bpe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Words.cut(text, words::add);
    return words;
  }

  @Test
  void lettersDigitsAndSignsArePartedAndTakeOneSpaceAlong() {
    assertThat(words("It is 42,  you?")).containsExactly("It", " is", " 42", ",", " ", " you", "?");
    assertThat(words("a1½b Ⅷ٣")).containsExactly("a", "1½", "b", " Ⅷ٣");
    assertThat(words("e\u0301")).containsExactly("e", "\u0301");
  }

  @Test
  void englishEndingsAreWordsAndOthersAreNot() {
    assertThat(words("don't we'll I'M")).containsExactly("don", "'t", " we", "'ll", " I", "'", "M");
    assertThat(words("don’t")).containsExactly("don", "’", "t");
  }

  @Test
  void spacesAreThoseOfUnicode() {
    assertThat(words("a\u00A0\u3000b\u0085\u200Bc"))
        .containsExactly("a", "\u00A0", "\u3000", "b", "\u0085", "\u200B", "c");
    assertThat(words("a \n\n b  ")).containsExactly("a", " \n\n", " b", "  ");
  }

  /** GPT-2's own pattern, with the JDK's classes of characters. */
  private static final Pattern PUBLISHED =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\p{IsWhite_Space}\\p{L}\\p{N}]+"
              + "|\\p{IsWhite_Space}+(?!\\P{IsWhite_Space})|\\p{IsWhite_Space}+");

  private static final String SIGNS = "aZé日1½Ⅷ.'!<\u0301\u200B😀  \n\t\r\u00A0\u3000";

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void wordsAreThoseOfThePublishedPattern(long seed) {
    Random random = new Random(seed);
    int[] signs = SIGNS.codePoints().toArray();
    List<String> endings = List.of("'s", "'t", "'re", "'ve", "'m", "'ll", "'d", "'l", "'r", "'S");
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(20); length > 0; length--) {
        if (random.nextInt(8) == 0) {
          text.append(endings.get(random.nextInt(endings.size())));
        } else {
          text.appendCodePoint(signs[random.nextInt(signs.length)]);
        }
      }
      List<String> published = PUBLISHED.matcher(text).results().map(MatchResult::group).toList();
      assertThat(words(text.toString())).as(text.toString()).isEqualTo(published);
    }
  }
}
