package dev.ebt.text.bpe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

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
}
