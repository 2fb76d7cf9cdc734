package dev.ebt.text.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.util.Arrays;
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
    assertThat(IntStream.range(0, 10_000).map(i -> tokens.get(i)).toArray()).isEqualTo(expected);
    Tokens slice = tokens.slice(100, 200);
    assertThat(slice.size()).isEqualTo(100);
    assertThat(slice.get(7)).isEqualTo(expected[107]);
    Tokens twice = tokens.pieces(new long[] {100, 100}, new long[] {200, 200});
    assertThat(twice.size()).isEqualTo(200);
    assertThat(twice.get(107)).isEqualTo(expected[107]);
    assertThat(twice.slice(50, 150).get(99)).isEqualTo(expected[149]);
  }

  @Test
  void piecesAreTheTokensOfTheirParts() {
    int[] all = new Random(2).ints(60_000, 0, 70_000).toArray();
    Tokens tokens = Tokens.builder(70_000).addAll(all).build();
    long[] from = {5, 5, 40_000, 100, 16_000, 59_999};
    long[] to = {5, 90, 40_100, 100, 17_000, 60_000};
    int[] expected =
        IntStream.range(0, from.length)
            .flatMap(i -> Arrays.stream(all, (int) from[i], (int) to[i]))
            .toArray();

    Tokens pieces = tokens.pieces(from, to);

    assertThat(IntStream.range(0, (int) pieces.size()).map(i -> pieces.get(i)).toArray())
        .isEqualTo(expected);
    assertThat(hash(pieces)).isEqualTo(hash(Tokens.builder(70_000).addAll(expected).build()));
    Tokens part = pieces.slice(80, 300);
    assertThat(IntStream.range(0, 220).map(i -> part.get(i)).toArray())
        .isEqualTo(Arrays.copyOfRange(expected, 80, 300));
    assertThat(pieces.slice(7, 7).size()).isZero();
    assertThatThrownBy(() -> pieces.get(pieces.size()))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> part.slice(0, 221)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static String hash(Tokens tokens) {
    Hasher hasher = Hashing.sha256().newHasher();
    tokens.hash(hasher);
    return hasher.hash().toString();
  }

  /** Resumed runs compare it: it must not change. */
  @Test
  void hashIsThatOfTheirNumberWidthAndBytes() {
    Tokens tokens = Tokens.builder(300).addAll(1, 256, 299).build();
    assertThat(hash(tokens))
        .isEqualTo(
            Hashing.sha256()
                .newHasher()
                .putInt(3)
                .putInt(2)
                .putBytes(new byte[] {0, 1, 1, 0, 1, 43})
                .hash()
                .toString());
  }
}
