package dev.ebt.interact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTextTest {
  @Test
  void controlCharactersBecomeSymbols() {
    assertThat(VisibleText.of("a\n\t\0\u001b b😀")).isEqualTo("a⏎⇥∅\uFFFD b😀");
    assertThat(VisibleText.withSpaces(" a")).isEqualTo("␣a");
  }
}
