package dev.ebt.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenEnergiesTest {
  @Test
  void hardTokensAreThoseThatAreMoreOftenWrongThanAll() {
    assertThat(TokenEnergies.conclusion(0.6, 0.1, 0.4)).isEqualTo("high energies mark hard tokens");
    assertThat(TokenEnergies.conclusion(0.38, 0.06, 0.41))
        .isEqualTo("low energies mark easy tokens");
    assertThat(TokenEnergies.conclusion(0.4, 0.6, 0.5))
        .isEqualTo("energies do not mark hard tokens here");
  }
}
