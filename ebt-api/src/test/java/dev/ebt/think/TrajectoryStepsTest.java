package dev.ebt.think;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.Predictors;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import dev.ebt.train.TrainingStepper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** E = ½y², of which n steps of the size 1 · 2 / n multiply y by (1 − 2 / n) to the power of n. */
class TrajectoryStepsTest {
  private static final Shape ROW = Shape.of(1, 2, 1);

  private final ReferenceBackend backend = new ReferenceBackend();

  @AfterEach
  void close() {
    backend.close();
  }

  private Thinker thinker(Integer trajectorySteps) {
    ThinkingMethod thinking =
        ThinkingMethod.of(
            ThinkingHyperparameters.builder()
                .landscapes(1)
                .stepSize(1.0)
                .trajectorySteps(trajectorySteps)
                .build());
    Parameters parameters = new Parameters();
    ThinkingStep.stepSize(thinking, parameters);
    parameters.weight("curvature", Shape.scalar(), Initializer.constant(1));
    TrainingStepper.initialize(backend, parameters.specs(), 0);
    Thinker thinker =
        new Thinker(
            backend,
            new PointModality(Shape.of(2), 1),
            new QuadraticEnergy(1, 1),
            thinking,
            List.of(),
            1);
    thinker.observe(Map.of(PointModality.CENTRE, Array.filled(ROW, 0)));
    return thinker;
  }

  private static double after(Predictor predictor, int steps) {
    predictor.reach(steps, 0);
    return predictor.candidate().real(1);
  }

  private static double share(int steps, double scale) {
    return Math.pow(1 - 2 * scale / steps, steps);
  }

  @Test
  void eachNumberOfStepsHasTheSameLength() {
    try (Thinker thinker = thinker(2)) {
      thinker.begin(Array.of(ROW, new double[] {0, 3}));
      assertThat(thinker.continues()).isFalse();
      assertThat(after(thinker, 0)).isEqualTo(3);
      for (int steps : new int[] {4, 10, 100}) {
        assertThat(after(thinker, steps)).isCloseTo(3 * share(steps, 1), within(1e-5));
      }
    }
  }

  @Test
  void everyWayToBeginIsRepeatedForAnotherNumber() {
    try (Thinker thinker = thinker(2)) {
      thinker.begin(7);
      double start = thinker.candidate().real(1);
      after(thinker, 10);
      assertThat(after(thinker, 20)).isCloseTo(start * share(20, 1), within(1e-5));
    }
  }

  @Test
  void aFactorOnTheStepSizeComesOnTop() {
    Thinker thinker = thinker(2);
    Predictors source = rows -> thinker;
    try (Predictor half = new ScaledPredictors(source, 0.5).of(1)) {
      half.begin(7);
      double start = half.candidate().real(1);
      assertThat(after(half, 10)).isCloseTo(start * share(10, 0.5), within(1e-5));
      assertThat(after(half, 20)).isCloseTo(start * share(20, 0.5), within(1e-5));
    }
  }

  @Test
  void withoutItMoreStepsGoFurtherFromWhereFewerEnded() {
    try (Thinker thinker = thinker(null)) {
      thinker.begin(Array.of(ROW, new double[] {0, 3}));
      assertThat(thinker.continues()).isTrue();
      thinker.step(0.5, 0);
      assertThat(after(thinker, 1)).isEqualTo(1.5);
    }
  }
}
