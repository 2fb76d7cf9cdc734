package dev.ebt.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.error.UserException;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
import dev.ebt.optimize.Optimizer;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import dev.ebt.think.Thinker;
import dev.ebt.train.TrainingStepper;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The variance of samples on E = ½k|y|² is the one of the closed form. */
class SamplersTest {
  private static final double CURVATURE = 2;
  private static final int ROWS = 4000;
  private static final int WIDTH = 2;

  /** Five standard errors of a variance of as many numbers. */
  private static final double ERROR = 5 * Math.sqrt(2.0 / (ROWS * WIDTH));

  @Test
  void langevinHasTheVarianceOfItsStepSize() {
    for (double step : new double[] {0.05, 0.4}) {
      double expected = 1 / CURVATURE / (1 - step * CURVATURE / 2);
      assertThat(variance(new LangevinDynamics(null, null, null), step, 80))
          .as("step %s", step)
          .isCloseTo(expected, within(ERROR * expected));
    }
  }

  @Test
  void theTemperatureScalesTheVariance() {
    double expected = 0.25 / CURVATURE / (1 - 0.1 * CURVATURE / 2);
    assertThat(variance(new LangevinDynamics(0.25, null, null), 0.1, 60))
        .isCloseTo(expected, within(ERROR * expected));
  }

  @Test
  void annealingEndsAtTheFinalTemperature() {
    double expected = 0.01 / CURVATURE / (1 - 0.1 * CURVATURE / 2);
    assertThat(variance(new LangevinDynamics(1.0, 0.01, 40), 0.1, 90))
        .isCloseTo(expected, within(ERROR * expected));
  }

  @Test
  void underdampedLangevinHasTheExactVarianceAtALargeStep() {
    assertThat(variance(new UnderdampedLangevin(1.0, null, null, null), 0.8, 60))
        .isCloseTo(1 / CURVATURE, within(ERROR / CURVATURE));
  }

  @Test
  void hamiltonianMonteCarloHasTheExactVarianceAtALargeStep() {
    for (double mass : new double[] {1, 3}) {
      assertThat(variance(new HamiltonianMonteCarlo(3, mass, null), 1.0, 48))
          .as("mass %s", mass)
          .isCloseTo(1 / CURVATURE, within(ERROR / CURVATURE));
    }
  }

  @Test
  void aStepThatIsNeverAcceptedLeavesTheCandidates() {
    assertThat(variance(new HamiltonianMonteCarlo(3, 1.0, null), 50, 8))
        .isCloseTo(1, within(ERROR));
  }

  @Test
  void samplesAreTheSameAgainAndOthersWithAnotherSeed() {
    Optimizer optimizer = new UnderdampedLangevin(null, null, null, null);
    assertThat(samples(optimizer, 0.1, 5, 3, 7)).isEqualTo(samples(optimizer, 0.1, 5, 3, 7));
    assertThat(samples(optimizer, 0.1, 5, 3, 7)).isNotEqualTo(samples(optimizer, 0.1, 5, 3, 8));
  }

  @Test
  void aNumberOfStepsWithinASampleIsRefused() {
    assertThatThrownBy(() -> samples(new HamiltonianMonteCarlo(4, null, null), 0.1, 12, 2, 1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("12 steps")
        .hasMessageContaining("a multiple of 5 expected, such as 10");
  }

  @Test
  void settingsWithoutAMeaningAreRefused() {
    assertThatThrownBy(() -> new HamiltonianMonteCarlo(null, 0.0, null))
        .hasMessage("mass is 0.0; a positive number expected");
    assertThatThrownBy(() -> new LangevinDynamics(-1.0, null, null))
        .hasMessage("temperature is -1.0; 0 or more expected");
    assertThatThrownBy(() -> new LangevinDynamics(1.0, 0.1, null))
        .hasMessageStartingWith("finalTemperature is set alone");
    assertThatThrownBy(() -> new UnderdampedLangevin(0.0, null, null, null))
        .hasMessageContaining("friction");
    assertThatThrownBy(() -> new GibbsSampling(0, null)).hasMessageContaining("flips");
  }

  private static double variance(Optimizer optimizer, double stepSize, int steps) {
    return Arrays.stream(samples(optimizer, stepSize, steps, ROWS, 1))
        .map(y -> y * y)
        .average()
        .orElseThrow();
  }

  private static double[] samples(
      Optimizer optimizer, double stepSize, int steps, int rows, long seed) {
    ThinkingMethod thinking =
        new ThinkingMethod(
            ThinkingHyperparameters.builder().landscapes(1).stepSize(stepSize).build(), optimizer);
    try (ReferenceBackend backend = new ReferenceBackend()) {
      Parameters parameters = new Parameters();
      ThinkingStep.stepSize(thinking, parameters);
      parameters.weight("curvature", Shape.scalar(), Initializer.constant(CURVATURE));
      TrainingStepper.initialize(backend, parameters.specs(), 0);
      try (Thinker thinker =
          new Thinker(
              backend,
              new PointModality(Shape.scalar(), WIDTH),
              new QuadraticEnergy(WIDTH, CURVATURE),
              thinking,
              List.of(),
              rows)) {
        thinker.observe(Map.of(PointModality.CENTRE, Array.filled(Shape.of(rows, WIDTH), 0)));
        thinker.begin(seed);
        thinker.reach(steps, 0);
        return thinker.candidate().doubles();
      }
    }
  }
}
