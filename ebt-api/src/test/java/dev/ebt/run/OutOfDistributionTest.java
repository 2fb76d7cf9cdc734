package dev.ebt.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutOfDistributionTest {
  @Test
  void theAreaIsTheShareOfPairsInOrderAndTiesCountHalf() {
    SplittableRandom random = new SplittableRandom(5);
    for (int trial = 0; trial < 50; trial++) {
      List<Double> own = scores(random, 1 + trial % 9);
      List<Double> other = scores(random, 1 + trial % 7);
      double pairs = 0;
      for (double a : own) {
        for (double b : other) {
          pairs += a < b ? 1 : a == b ? 0.5 : 0;
        }
      }
      assertThat(OutOfDistribution.auroc(own, other))
          .isCloseTo(pairs / (own.size() * other.size()), within(1e-12));
    }
    assertThat(OutOfDistribution.auroc(List.of(1.0, 2.0), List.of(3.0))).isEqualTo(1);
  }

  private static List<Double> scores(SplittableRandom random, int count) {
    return IntStream.range(0, count).mapToObj(i -> (double) random.nextInt(5)).toList();
  }
}
