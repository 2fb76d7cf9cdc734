package dev.ebt.text.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConfidenceIntervalTest {
  /** Newcombe, Statistics in Medicine 17 (1998) 857, table I, method 3. */
  @Test
  void sharesHaveWilsonsInterval() {
    ConfidenceInterval some = ConfidenceInterval.ofShare(263, 81 / 263.0);
    assertThat(some.lower()).isCloseTo(0.2553, within(5e-5));
    assertThat(some.upper()).isCloseTo(0.3662, within(5e-5));
    ConfidenceInterval none = ConfidenceInterval.ofShare(20, 0);
    assertThat(none.lower()).isCloseTo(0, within(1e-12));
    assertThat(none.upper()).isCloseTo(0.1611, within(5e-5));
    assertThat(ConfidenceInterval.ofMean(1, 1, 1).orElseThrow().upper()).isEqualTo(1);
    assertThat(ConfidenceInterval.ofMean(1, 0)).hasValue(ConfidenceInterval.ofShare(2, 0.5));
  }

  /** Of numbers that are spread evenly over 0 to 1: 0.5 ± 1.96 √(1/12 / 4000). */
  @Test
  void bootstrapIntervalOfAMeanIsThatOfTheNormalApproximation() {
    SplittableRandom random = new SplittableRandom(7);
    double[] scores = random.doubles(4000).toArray();
    double mean = java.util.Arrays.stream(scores).average().orElseThrow();
    ConfidenceInterval interval = ConfidenceInterval.ofMean(scores).orElseThrow();
    assertThat(interval.lower()).isCloseTo(mean - 0.00895, within(0.001));
    assertThat(interval.upper()).isCloseTo(mean + 0.00895, within(0.001));
    assertThat(ConfidenceInterval.ofMean(scores)).hasValue(interval);
  }

  @Test
  void ratioIsOfTheSums() {
    double[] sizes = {1, 10, 100};
    double[] amounts = {2, 20, 200};
    assertThat(ConfidenceInterval.ofRatio(amounts, sizes)).hasValue(new ConfidenceInterval(2, 2));
  }

  /** An interval of no width would tell of certainty. */
  @Test
  void singleRecordHasNoBootstrapInterval() {
    assertThat(ConfidenceInterval.ofRatio(new double[] {2}, new double[] {1})).isEmpty();
    assertThat(ConfidenceInterval.ofMean(0.5)).isEmpty();
    assertThat(ConfidenceInterval.ofMean(1)).hasValue(ConfidenceInterval.ofShare(1, 1));
  }
}
