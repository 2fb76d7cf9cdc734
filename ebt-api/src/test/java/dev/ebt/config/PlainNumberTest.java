package dev.ebt.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainNumberTest {
  @Test
  void numbersHaveNoExponent() {
    assertThat(PlainNumber.of(3e-4)).isEqualTo("0.0003");
    assertThat(PlainNumber.of(100)).isEqualTo("100");
    assertThat(PlainNumber.of(1e-30)).isEqualTo("1.0E-30");
    assertThat(PlainNumber.of(Double.NaN)).isEqualTo("NaN");
  }
}
