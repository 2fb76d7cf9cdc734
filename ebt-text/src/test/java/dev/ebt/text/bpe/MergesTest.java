package dev.ebt.text.bpe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergesTest {
  private static final int A = 0;
  private static final int AA = 1;
  private static final int AAAA = 2;

  private final AtomicLong lookups = new AtomicLong();
  private final Merges merges =
      new Merges(
          new HashMap<>() {
            @Override
            public Merges.Merge get(Object pair) {
              lookups.incrementAndGet();
              return super.get(pair);
            }
          });

  /** To look through the whole word for every merge would take a quarter of the square. */
  @ParameterizedTest
  @ValueSource(ints = {16, 1 << 10, 1 << 20})
  void lookupsGrowWithTheLengthOfAWordNotWithItsSquare(int length) {
    merges.add(A, A, AA);
    merges.add(AA, AA, AAAA);
    int[] word = new int[length];
    Arrays.fill(word, A);
    assertThat(merges.apply(word)).hasSize(length / 4).containsOnly(AAAA);
    assertThat(lookups.get()).isBetween((long) length, 6L * length);
  }

  @Test
  void ofAPairThatIsListedTwiceTheLastRankCounts() {
    Merges merges = new Merges();
    merges.add(1, 2, 3);
    merges.add(2, 4, 5);
    assertThat(merges.apply(1, 2, 4)).containsExactly(3, 4);
    merges.add(1, 2, 3);
    assertThat(merges.apply(1, 2, 4)).containsExactly(1, 5);
    assertThat(merges.apply(1, 2)).containsExactly(3);
  }
}
