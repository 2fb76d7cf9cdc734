package dev.ebt.text.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CharacterTokenizerTest {
  private static CharacterTokenizer of(String text) {
    return new CharacterTokenizer(
        new TreeSet<>(text.codePoints().boxed().toList())
            .stream().map(Character::toString).collect(Collectors.joining()),
        null);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anyUnicodeComesBackWholeAndInAStream(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      String text = AnyText.wellFormed(random, 1 + random.nextInt(30));
      CharacterTokenizer tokenizer = of(text);
      int[] tokens = tokenizer.encode(text);
      assertThat(tokens).hasSize(text.codePointCount(0, text.length()));
      assertThat(tokenizer.decode(tokens)).isEqualTo(text);
      assertThat(TokenizerTest.streamed(StreamingDecoder.of(tokenizer), tokens)).isEqualTo(text);
    }
  }

  @Test
  void tokensAreTheAlphabetInItsOrderAfterNul() {
    CharacterTokenizer tokenizer = new CharacterTokenizer("\nab😀", null);
    assertThat(tokenizer.vocabulary()).isEqualTo(5);
    assertThat(tokenizer.encode("b😀\na\0")).containsExactly(3, 4, 1, 2, 0);
    assertThat(tokenizer.endOfText()).hasValue(0);
    assertThat(tokenizer.bytes(4)).hasSize(4);
    assertThat(tokenizer.settings()).isEqualTo(new CharacterSettings("\nab😀", null));
  }

  @Test
  void anUnknownCharacterIsNamedWithItsPlace() {
    CharacterTokenizer tokenizer = new CharacterTokenizer("ab\n", null);
    assertThatThrownBy(() -> tokenizer.encode("ab\nbé"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "line 2, column 2: the character 'é' (U+00E9, LATIN SMALL LETTER E WITH ACUTE)")
        .hasMessageContaining("none of the 3")
        .hasMessageContaining("modality.tokenizer.unknown=");
    assertThatThrownBy(() -> tokenizer.encode("\u0007")).hasMessageContaining("character (U+0007");
  }

  @Test
  void orItHasAPieceOfItsOwn() {
    CharacterTokenizer tokenizer = new CharacterTokenizer("ab", "�");
    assertThat(tokenizer.vocabulary()).isEqualTo(4);
    assertThat(tokenizer.encode("aéb😀")).containsExactly(1, 3, 2, 3);
    assertThat(tokenizer.decode(1, 3, 2)).isEqualTo("a�b");
  }

  @Test
  void halfASurrogatePairIsAQuestionMark() {
    CharacterTokenizer tokenizer = new CharacterTokenizer("?a", null);
    assertThat(tokenizer.encode("a\uD83Da")).isEqualTo(tokenizer.encode("a?a"));
  }

  @Test
  void fingerprintsTellAlphabetsApart() {
    assertThat(new CharacterTokenizer("ab", null).fingerprint())
        .isEqualTo(new CharacterTokenizer("ab", null).fingerprint())
        .startsWith("2 characters")
        .isNotEqualTo(new CharacterTokenizer("ba", null).fingerprint())
        .isNotEqualTo(new CharacterTokenizer("ab", "?").fingerprint());
  }

  @Test
  void settingsWithoutMeaningAreRefused() {
    assertThatThrownBy(() -> new CharacterSettings("", null)).hasMessageContaining("empty");
    assertThatThrownBy(() -> new CharacterSettings("aa", null)).hasMessageContaining("twice");
    assertThatThrownBy(() -> new CharacterSettings("a", "")).hasMessageContaining("unknown");
  }
}
