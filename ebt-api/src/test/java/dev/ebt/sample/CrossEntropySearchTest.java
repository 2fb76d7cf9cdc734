package dev.ebt.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
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

class CrossEntropySearchTest {
  private static final int ROWS = 20;
  private static final double CENTRE = 0.7;

  @Test
  void generationsCloseInOnTheMinimum() {
    double[] distances = distances(12 * 16);
    assertThat(Arrays.stream(distances).max().orElseThrow()).isLessThan(0.1);
    assertThat(Arrays.stream(distances(16)).average().orElseThrow())
        .isGreaterThan(10 * Arrays.stream(distances).average().orElseThrow());
  }

  /** The best of a generation is never worse than that of the one before, which belongs to it. */
  @Test
  void theBestIsKept() {
    double before = Double.POSITIVE_INFINITY;
    for (int generation = 1; generation <= 6; generation++) {
      double now = distances(generation * 16)[0];
      assertThat(now).isLessThanOrEqualTo(before);
      before = now;
    }
  }

  @Test
  void settingsWithoutAMeaningAreRefused() {
    assertThatThrownBy(() -> new CrossEntropySearch(4, 4))
        .hasMessage("population is 4; more than elites (4) expected");
    assertThatThrownBy(() -> new CrossEntropySearch(4, 1)).hasMessageContaining("elites is 1");
  }

  private static double[] distances(int steps) {
    ThinkingMethod thinking =
        new ThinkingMethod(
            ThinkingHyperparameters.builder().landscapes(1).stepSize(1.0).build(),
            new CrossEntropySearch(null, null));
    try (ReferenceBackend backend = new ReferenceBackend()) {
      Parameters parameters = new Parameters();
      ThinkingStep.stepSize(thinking, parameters);
      parameters.weight("curvature", Shape.scalar(), Initializer.constant(1));
      TrainingStepper.initialize(backend, parameters.specs(), 0);
      try (Thinker thinker =
          new Thinker(
              backend,
              new PointModality(Shape.scalar(), 1),
              new QuadraticEnergy(1, 1),
              thinking,
              List.of(),
              ROWS)) {
        thinker.observe(Map.of(PointModality.CENTRE, Array.filled(Shape.of(ROWS, 1), CENTRE)));
        thinker.begin(3);
        thinker.reach(steps, 0);
        return Arrays.stream(thinker.candidate().doubles())
            .map(y -> Math.abs(y - CENTRE))
            .toArray();
      }
    }
  }
}
