package dev.ebt.text.bpe;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import java.text.Normalizer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whoever changes these numbers changes the tokens of texts that models were trained on. */
class UnicodeTest {
  private static long count(CharacterClass kind) {
    return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(point -> CharacterClass.of(point) == kind)
        .count();
  }

  @Test
  void classesAreThoseOfOneVersionOfUnicodeOnEveryJdk() {
    assertThat(UCharacter.getUnicodeVersion().toString()).startsWith("16.0");
    assertThat(count(CharacterClass.LETTER)).isEqualTo(141_028);
    assertThat(count(CharacterClass.NUMBER)).isEqualTo(1_911);
    assertThat(count(CharacterClass.SPACE)).isEqualTo(25);
    assertThat(
            IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(Unicode::isWordCharacter)
                .count())
        .isEqualTo(144_667);
  }

  @Test
  void charactersThatJdk17DoesNotKnowHaveTheirClass() {
    int letterOfUnicode14 = 0x1E290;
    int letterOfUnicode16 = 0x105C0;
    int digitOfUnicode16 = 0x10D40;
    assertThat(CharacterClass.of(letterOfUnicode14)).isEqualTo(CharacterClass.LETTER);
    assertThat(CharacterClass.of(letterOfUnicode16)).isEqualTo(CharacterClass.LETTER);
    assertThat(CharacterClass.of(digitOfUnicode16)).isEqualTo(CharacterClass.NUMBER);
    assertThat(Unicode.isWordCharacter(digitOfUnicode16)).isTrue();
  }

  @Test
  void normalFormsAreThoseOfThatVersion() {
    String composed = Character.toString(0x16126); // Gurung Khema, of Unicode 16
    String decomposed = Normalizer.normalize("e\u0301", Normalizer.Form.NFD);
    assertThat(Unicode.normalize(composed, Normalizer.Form.NFD)).isNotEqualTo(composed);
    assertThat(Unicode.normalize(decomposed, Normalizer.Form.NFC)).isEqualTo("\u00E9");
    assertThat(Unicode.normalize("\uFB01", Normalizer.Form.NFKC)).isEqualTo("fi");
    assertThat(Unicode.normalize("\uFB01", Normalizer.Form.NFKD)).isEqualTo("fi");
  }
}
