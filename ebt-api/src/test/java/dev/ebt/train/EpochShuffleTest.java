package dev.ebt.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochShuffleTest {
  private static final int SIZE = 50;

  @Test
  void everyRowComesOncePerEpochAndEachEpochInItsOwnOrder() {
    EpochShuffle shuffle = new EpochShuffle(SIZE, 33);
    int[] first = shuffle.rows(0, SIZE);
    int[] second = shuffle.rows(SIZE, SIZE);

    assertThat(sorted(first)).isEqualTo(IntStream.range(0, SIZE).toArray());
    assertThat(sorted(second)).isEqualTo(IntStream.range(0, SIZE).toArray());
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void aPositionSaysAllThatAResumedRunMustKnow() {
    int[] whole = new EpochShuffle(SIZE, 33).rows(0, 3 * SIZE);
    int[] resumed = new EpochShuffle(SIZE, 33).rows(70, 60);

    assertThat(resumed).isEqualTo(Arrays.copyOfRange(whole, 70, 130));
  }

  @Test
  void batchLargerThanTheDataGoesAroundSeveralTimes() {
    assertThat(new EpochShuffle(3, 1).rows(0, 7)).containsOnly(0, 1, 2).hasSize(7);
    assertThat(new EpochShuffle(1, 1).rows(5, 2)).containsExactly(0, 0);
  }

  @Test
  void neighbouringSeedsAndEpochsShareNothing() {
    assertThat(agreements(order(1, 0), order(2, 0))).isLessThan(SIZE / 5);
    assertThat(agreements(order(1, 1), order(2, 0))).isLessThan(SIZE / 5);
    assertThat(agreements(order(1, 0), order(1, 1))).isLessThan(SIZE / 5);
  }

  private static int[] order(long seed, int epoch) {
    return new EpochShuffle(SIZE, seed).rows((long) epoch * SIZE, SIZE);
  }

  private static long agreements(int[] a, int[] b) {
    return IntStream.range(0, SIZE).filter(i -> a[i] == b[i]).count();
  }

  private static int[] sorted(int[] rows) {
    int[] copy = rows.clone();
    Arrays.sort(copy);
    return copy;
  }
}
