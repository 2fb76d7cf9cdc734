package dev.ebt.bench.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said to be known of the distributions is so. */
class ToyDistributionTest {
  private static final int POINTS = 4000;

  @Test
  void partitionFunctionsAreThoseOfTheClosedForms() {
    assertThat(logPartition(Toy.MIXTURE)).isCloseTo(Math.log(Math.PI), within(1e-5));
    assertThat(logPartition(Toy.ROSENBROCK))
        .isCloseTo(Math.log(Math.PI / Math.sqrt(20)), within(1e-4));
    // 2π ∫ r exp(−(r − 2)²/2σ²) dr = 2π · 2 · σ √2π, since the peak is ten deviations from 0.
    assertThat(logPartition(Toy.RING))
        .isCloseTo(Math.log(2 * Math.PI * 2 * 0.2 * Math.sqrt(2 * Math.PI)), within(1e-4));
  }

  @Test
  void theRelaxedModelHasThePartitionFunctionOfItsSpinsTimesThatOfItsNoise() {
    assertThat(logPartition(Toy.ISING_RELAXED)).isGreaterThan(logPartition(Toy.ISING));
    // Without coupling it would be 16 ln 2cosh(h).
    assertThat(logPartition(Toy.ISING)).isGreaterThan(16 * Math.log(2 * Math.cosh(0.1)));
  }

  @ParameterizedTest
  @EnumSource(Toy.class)
  void momentsOfThePointsAreTheKnownOnes(Toy toy) {
    ToyDistribution distribution = toy.distribution();
    ToyDistribution.Truth truth = distribution.truth();
    double[][] points = distribution.draw(POINTS, new SplittableRandom(5));
    for (int k = 0; k < distribution.dimension(); k++) {
      int coordinate = k;
      double mean = Arrays.stream(points).mapToDouble(p -> p[coordinate]).average().orElseThrow();
      double square =
          Arrays.stream(points)
              .mapToDouble(p -> p[coordinate] * p[coordinate])
              .average()
              .orElseThrow();
      double variance = truth.second()[k][k] - truth.mean()[k] * truth.mean()[k];
      double error = 4 * Math.sqrt(variance / POINTS);
      assertThat(mean).as("mean of %d", k).isCloseTo(truth.mean()[k], within(error));
      assertThat(square)
          .as("square of %d", k)
          .isCloseTo(truth.second()[k][k], within(0.15 * square));
    }
    if (!distribution.modes().isEmpty()) {
      assertThat(SampleQuality.shares(distribution, Arrays.asList(points)))
          .containsExactly(truth.shares(), within(0.04));
      assertThat(Arrays.stream(truth.shares()).sum()).isCloseTo(1, within(1e-12));
    }
  }

  private static double logPartition(Toy toy) {
    return toy.distribution().truth().logPartition();
  }
}
