package dev.ebt.vision.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.train.MatchingSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReversedFlowTest {
  /** The share of noise s grows by ds/dt = c(1 − s) from the image to pure noise. */
  @ParameterizedTest
  @CsvSource({"4, 0.8, 0.05", "4, 0, 0.1", "2, 0.5, 0.05", "4, 0.99, 0.05"})
  void theTimeIsThatOfTheWayOfTheMatchedGradient(double lambda, double decayFrom, double start) {
    MatchingSettings settings = new MatchingSettings(lambda, decayFrom, null, null, null, null);
    double share = start;
    double time = 0;
    double small = 1e-6;
    while (share < 1) {
      share += small * lambda * Math.min(1, share / (1 - decayFrom));
      time += small;
    }
    assertThat(ReversedFlow.time(settings, start)).isCloseTo(time, within(1e-4));
  }
}
