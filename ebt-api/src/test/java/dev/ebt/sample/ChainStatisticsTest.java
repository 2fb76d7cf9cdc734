package dev.ebt.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChainStatisticsTest {
  private static final int CHAINS = 8;
  private static final int SAMPLES = 1000;

  @Test
  void independentSamplesAreWorthTheirNumber() {
    ChainStatistics found = ChainStatistics.of(autoregressive(0, 0));
    assertThat(found.rHat()).isCloseTo(1, within(0.01));
    assertThat(found.effectiveSize()).isBetween(0.85 * CHAINS * SAMPLES, 1.0 * CHAINS * SAMPLES);
    assertThat(found.mean()).isCloseTo(0, within(4 * found.error()));
    assertThat(found.deviation()).isCloseTo(1, within(0.05));
  }

  /** The effective size of an autoregression of first order is that of (1 − ρ)/(1 + ρ) samples. */
  @Test
  void correlatedSamplesAreWorthLess() {
    ChainStatistics found = ChainStatistics.of(autoregressive(0.8, 0));
    double expected = CHAINS * SAMPLES * 0.2 / 1.8;
    assertThat(found.effectiveSize()).isCloseTo(expected, within(0.25 * expected));
  }

  @Test
  void chainsInDifferentPlacesDoNotAgree() {
    assertThat(ChainStatistics.of(autoregressive(0, 3)).rHat()).isGreaterThan(1.5);
  }

  private static double[][] autoregressive(double correlation, double apart) {
    SplittableRandom random = new SplittableRandom(4);
    double[][] chains = new double[CHAINS][SAMPLES];
    for (int chain = 0; chain < CHAINS; chain++) {
      double value = random.nextGaussian();
      for (int i = 0; i < SAMPLES; i++) {
        value =
            correlation * value + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
        chains[chain][i] = value + apart * (chain % 2);
      }
    }
    return chains;
  }
}
