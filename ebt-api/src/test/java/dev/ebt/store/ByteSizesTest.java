package dev.ebt.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizesTest {
  @Test
  void aSizeIsReadAsItIsWritten() {
    assertThat(ByteSizes.parse(ByteSizes.words(100))).hasValue(100);
    assertThat(ByteSizes.parse(ByteSizes.words(3 << 19))).hasValue(3 << 19);
    assertThat(ByteSizes.parse("0")).hasValue(0);
    assertThat(ByteSizes.parse("4096")).hasValue(4096);
    assertThat(ByteSizes.parse(" 20GiB ")).hasValue(20L << 30);
    assertThat(ByteSizes.parse("999999999999999 TiB")).hasValue(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GiB", "-1", "1e3", "1 gib", "5 GB", "1 MiB or so", "1,5 GiB"})
  void anythingElseIsNone(String text) {
    assertThat(ByteSizes.parse(text)).isEmpty();
  }
}
