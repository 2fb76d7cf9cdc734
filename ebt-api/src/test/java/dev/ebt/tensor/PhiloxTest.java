package dev.ebt.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PhiloxTest {
  /** The known answers that the authors publish with Random123. */
  @Test
  void blocksAreThoseOfTheAuthors() {
    assertThat(Philox.block(0, 0, 0))
        .containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    assertThat(Philox.block(-1, -1, -1))
        .containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
    assertThat(Philox.block(0x299f31d0a4093822L, 0x85a308d3243f6a88L, 0x0370734413198a2eL))
        .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
  }

  @Test
  void aNumberDependsOnItsPlaceOnly() {
    double[] few = Philox.normal(5, 7, 3);
    double[] many = Philox.normal(5, 7, 1001);
    assertThat(Arrays.copyOf(many, 3)).isEqualTo(few);
    assertThat(Arrays.copyOf(Philox.uniform(5, 7, 9), 5)).isEqualTo(Philox.uniform(5, 7, 5));
  }

  @Test
  void otherKeysAndStepsGiveOtherNumbers() {
    double[] numbers = Philox.normal(Philox.key(1, 2), 3, 4);
    assertThat(Philox.normal(Philox.key(1, 2), 3, 4)).isEqualTo(numbers);
    assertThat(Philox.normal(Philox.key(1, 2), 4, 4)).isNotEqualTo(numbers);
    assertThat(Philox.normal(Philox.key(1, 3), 3, 4)).isNotEqualTo(numbers);
    assertThat(Philox.normal(Philox.key(2, 2), 3, 4)).isNotEqualTo(numbers);
    assertThat(Philox.key(1, 0)).isNotEqualTo(Philox.key(0, 1));
  }

  @Test
  void normalNumbersHaveTheMomentsOfTheNormalDistribution() {
    int count = 200_000;
    double[] numbers = Philox.normal(11, 0, count);
    // Standard errors: 1/√n, √(2/n), √(15/n), √(96/n).
    assertThat(moment(numbers, 1)).isCloseTo(0, within(0.01));
    assertThat(moment(numbers, 2)).isCloseTo(1, within(0.014));
    assertThat(moment(numbers, 3)).isCloseTo(0, within(0.04));
    assertThat(moment(numbers, 4)).isCloseTo(3, within(0.1));
    double neighbours = 0;
    for (int i = 1; i < count; i++) {
      neighbours += numbers[i] * numbers[i - 1] / count;
    }
    assertThat(neighbours).isCloseTo(0, within(0.01));
  }

  @Test
  void uniformNumbersFillTheInterval() {
    double[] numbers = Philox.uniform(11, 0, 200_000);
    int[] counts = new int[20];
    for (double number : numbers) {
      assertThat(number >= 0 && number < 1).isTrue();
      counts[(int) (number * 20)]++;
    }
    for (int count : counts) {
      assertThat(count).isBetween(9_600, 10_400);
    }
  }

  private static double moment(double[] numbers, int power) {
    return Arrays.stream(numbers).map(x -> Math.pow(x, power)).average().orElseThrow();
  }

  /**
   * As they would share if numbers were used as seeds of a generator that counts up by a constant.
   */
  @Test
  void generatorsOfNeighbouringSeedsAndStreamsAreNotShiftedCopies() {
    for (long[] other : new long[][] {{1, 1}, {2, 0}, {2, 1}}) {
      long[] ours = Philox.generator(1, 0).longs(1000).toArray();
      long[] theirs = Philox.generator(other[0], other[1]).longs(1000).toArray();
      Set<Long> shared = LongStream.of(ours).boxed().collect(Collectors.toSet());
      shared.retainAll(LongStream.of(theirs).boxed().collect(Collectors.toSet()));
      assertThat(shared).isEmpty();
    }
    assertThat(Philox.generator(1, 0).nextLong()).isEqualTo(Philox.generator(1, 0).nextLong());
  }
}
