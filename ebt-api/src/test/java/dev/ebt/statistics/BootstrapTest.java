package dev.ebt.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  @Test
  void intervalOfManyNormalValuesIsThatOfTheirStandardError() {
    Random random = new Random(5);
    double[] values = random.doubles(400).map(u -> random.nextGaussian()).toArray();

    Interval interval = Bootstrap.ofMean(values).orElseThrow();

    assertThat(interval.high() - interval.low()).isCloseTo(2 * 1.96 / 20, within(0.02));
    assertThat(interval.estimate()).isBetween(interval.low(), interval.high());
  }

  @Test
  void pairsAreDrawnTogether() {
    double[] first = {1, 5, 9};
    double[] second = {2, 8, 14};

    Interval difference =
        Bootstrap.of(
                3,
                drawn -> {
                  double sum = 0;
                  for (int index : drawn) {
                    sum += second[index] - first[index];
                  }
                  return sum / drawn.length;
                })
            .orElseThrow();

    // All three draws are the same pair in 1 of 27 cases, which is more than 2.5 %.
    assertThat(difference).isEqualTo(new Interval(3, 1, 5));
    assertThat(difference.excludes(0)).isTrue();
    assertThat(difference.excludes(1)).isFalse();
  }

  @Test
  void equalValuesHaveEqualIntervalsAndASingleOneHasNone() {
    assertThat(Bootstrap.ofMean(1, 2, 4)).isEqualTo(Bootstrap.ofMean(1, 2, 4)).isPresent();
    assertThat(Bootstrap.ofMean(3)).isEmpty();
    assertThat(Bootstrap.ofMean()).isEmpty();
  }

  @Test
  void drawsWithoutAStatisticAreLeftOut() {
    Interval interval =
        Bootstrap.of(2, drawn -> drawn[0] == drawn[1] ? Double.NaN : 7).orElseThrow();

    assertThat(interval).isEqualTo(new Interval(7, 7, 7));
  }
}
