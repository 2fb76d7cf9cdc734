package dev.ebt.text.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingWindowsTest {
  @ParameterizedTest
  @CsvSource({"2, 1", "2, 8", "8, 8", "9, 8", "10, 8", "17, 8", "100, 7", "101, 1", "1000, 128"})
  void packedWindowsHaveEachTokenButTheFirstAsATargetOnce(int size, int length) {
    assertThat(targets(TrainingWindows.packed(counting(size), length), size)[0]).isZero();
    assertThat(targets(TrainingWindows.packed(counting(size), length), size))
        .isEqualTo(IntStream.range(0, size).map(i -> i == 0 ? 0 : 1).toArray());
  }

  @ParameterizedTest
  @CsvSource({"2, 8, 3", "9, 8, 3", "10, 8, 3", "100, 7, 2", "100, 8, 1", "1000, 128, 50"})
  void overlappingWindowsLeaveNoTokenOutAndPadOnlyTheLast(int size, int length, int stride) {
    Examples windows = TrainingWindows.overlapping(counting(size), length, stride);
    int[] targets = targets(windows, size);
    assertThat(IntStream.range(1, size)).allMatch(i -> targets[i] >= 1);
    for (int row = 0; row < windows.size() - 1; row++) {
      assertThat(windows.batch(row).weight().floats()).containsOnly(1);
    }
  }

  @Test
  void targetsFollowTheObserved() {
    Batch batch = TrainingWindows.packed(counting(10), 4).batch(2, 0);
    assertThat(batch.context().get("tokens").longs()).containsExactly(8, 0, 0, 0, 0, 1, 2, 3);
    assertThat(batch.target().longs()).containsExactly(9, 0, 0, 0, 1, 2, 3, 4);
    assertThat(batch.weight().floats()).containsExactly(1, 0, 0, 0, 1, 1, 1, 1);
    assertThat(batch.rows()).isEqualTo(2);
  }

  @Test
  void randomWindowsAreAFunctionOfSeedAndRow() {
    Examples windows = TrainingWindows.random(counting(5000), 16, 1000, 7);
    Examples same = TrainingWindows.random(counting(5000), 16, 1000, 7);
    Examples other = TrainingWindows.random(counting(5000), 16, 1000, 8);
    windows.batch(3);
    assertThat(windows.batch(5, 6)).isEqualTo(same.batch(5, 6));
    assertThat(windows.batch(5)).isNotEqualTo(other.batch(5));
    assertThat(windows.size()).isEqualTo(1000);
    int[] rows = IntStream.range(0, 1000).toArray();
    Batch all = windows.batch(rows);
    assertThat(all.weight().floats()).containsOnly(1);
    assertThat(IntStream.of(rows).mapToLong(i -> all.target().longs()[i * 16]).distinct().count())
        .isGreaterThan(850);
  }

  @Test
  void randomWindowsReachBothEnds() {
    Batch all =
        TrainingWindows.random(counting(20), 16, 500, 1).batch(IntStream.range(0, 500).toArray());
    assertThat(all.context().get("tokens").longs()).contains(0);
    assertThat(all.target().longs()).contains(19);
  }

  @Test
  void tooShortForAWindow() {
    assertThat(TrainingWindows.random(counting(3), 16, 5, 1).batch(4).weight().floats())
        .startsWith(1, 1, 0);
    assertThat(TrainingWindows.packed(counting(1), 16).size()).isZero();
    assertThat(TrainingWindows.packed(counting(0), 16).size()).isZero();
    assertThat(TrainingWindows.random(counting(1), 16, 5, 1).size()).isZero();
  }

  @Test
  void refusesRowsAndStridesThatAreNot() {
    Examples windows = TrainingWindows.packed(counting(10), 4);
    assertThatThrownBy(() -> windows.batch(3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> windows.batch(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> TrainingWindows.overlapping(counting(10), 4, 5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TrainingWindows.overlapping(counting(10), 4, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** How often each token is a target of weight 1, where every token is its own position. */
  private static int[] targets(Examples windows, int size) {
    int[] counts = new int[size];
    Batch batch = windows.batch(IntStream.range(0, windows.size()).toArray());
    for (int i = 0; i < batch.weight().shape().elements(); i++) {
      if (batch.weight().real(i) == 1) {
        counts[(int) batch.target().longs()[i]]++;
        assertThat(batch.context().get("tokens").longs()[i] + 1)
            .isEqualTo(batch.target().longs()[i]);
      }
    }
    return counts;
  }

  private static Tokens counting(int size) {
    return Tokens.builder(100_000).addAll(IntStream.range(0, size).toArray()).build();
  }
}
