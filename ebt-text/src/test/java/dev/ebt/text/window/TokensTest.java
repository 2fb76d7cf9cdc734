package dev.ebt.text.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 256, 257, 65_536, 65_537, 1 << 30})
  void keepTokensOfAnyVocabulary(int vocabulary) {
    int[] expected = new Random(1).ints(10_000, 0, vocabulary).toArray();
    expected[0] = vocabulary - 1;
    Tokens tokens = Tokens.builder(vocabulary).addAll(expected).build();
    assertThat(tokens.size()).isEqualTo(10_000);
    assertThat(IntStream.range(0, 10_000).map(tokens::get).toArray()).isEqualTo(expected);
    Tokens slice = tokens.slice(100, 200);
    assertThat(slice.size()).isEqualTo(100);
    assertThat(slice.get(7)).isEqualTo(expected[107]);
    assertThat(tokens.more().addAll(slice).addAll(slice).build().get(107)).isEqualTo(expected[107]);
  }

  @Test
  void refuseBytesForWideTokens() {
    assertThatThrownBy(() -> Tokens.builder(300).addBytes(new byte[1]))
        .isInstanceOf(IllegalStateException.class);
  }
}
