package dev.ebt.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageSanitizerTest {
  @Test
  void controlCharactersAreShown() {
    assertThat(new UserException("field '\u001b[31mx\u0007\r\u009b2J\u007f\u202e' is\n\tunknown"))
        .hasMessage("field '\\u001b[31mx\\u0007\\u000d\\u009b2J\\u007f\\u202e' is\n\tunknown");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.size is 'xs'; one of s, m expected. Known: s, m",
        "cannot read /a/../b/ключ-ملف.txt…",
        "it goes on...",
        "../x .. is a folder",
        "2 problems:\n  1. a\n  2. b"
      })
  void otherTextsStayAsTheyAre(String text) {
    assertThat(MessageSanitizer.of(text)).isEqualTo(text);
  }

  @Test
  void aLongValueIsShortened() {
    String shown =
        MessageSanitizer.of("key '" + "x".repeat(100_000) + "' is unknown; did you mean 'y'?");

    assertThat(shown)
        .hasSizeLessThan(150)
        .startsWith("key 'xxxxx")
        .contains("…")
        .endsWith("' is unknown; did you mean 'y'?");
  }

  @Test
  void aLongTextOfShortWordsIsShortenedInItsMiddle() {
    String shown =
        MessageSanitizer.of("--prompt is '" + "so it goes ".repeat(10_000) + "'; too long");

    assertThat(shown).hasSizeLessThan(2000).startsWith("--prompt is 'so it").endsWith("; too long");
  }

  @Test
  void noCharacterIsCutInHalf() {
    for (int shift = 0; shift < 4; shift++) {
      String shown = MessageSanitizer.of("x".repeat(shift) + "😀".repeat(1000));

      assertThat(shown.codePoints()).doesNotContain(0xD83D, 0xDE00);
    }
  }

  @Test
  void aSentenceEndsInOneStop() {
    assertThat(MessageSanitizer.of("it is broken.. Other checkpoints here: 3.."))
        .isEqualTo("it is broken. Other checkpoints here: 3.");
  }
}
