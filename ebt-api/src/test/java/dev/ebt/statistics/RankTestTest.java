package dev.ebt.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankTestTest {
  private static final double[] ASCENDING = {1, 2, 3, 4, 5};

  @Test
  void oneOrderOfAHundredAndTwentyIsThatOfTheOther() {
    RankTest test = RankTest.of(ASCENDING, new double[] {10, 11, 30, 31, 1000});

    assertThat(test.correlation()).isCloseTo(1, within(1e-12));
    assertThat(test.p()).isCloseTo(1 / 120.0, within(0.003));
  }

  @Test
  void theOppositeOrderIsNoEvidence() {
    RankTest test = RankTest.of(ASCENDING, new double[] {5, 4, 3, 2, 1});

    assertThat(test.correlation()).isCloseTo(-1, within(1e-12));
    assertThat(test.p()).isEqualTo(1);
  }
}
