package dev.ebt.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.optimize.GradientDescent;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairedObjectiveTest {
  private static final Shape POINTS = Shape.of(2, 2);
  private static final double[] CENTRE = {0.5, -1, 2, 0.25};
  private static final double[] START = {1, -0.5, -2, 0.75};
  private static final double[] TARGET = {0.25, 2, 1, -1};
  private static final double CURVATURE = 1.5;
  private static final double STEP_SIZE = 0.25;

  private static StepMetrics trained(int steps, double @Nullable [] start) {
    TrainingProblem problem =
        new TrainingProblem(
            new PointModality(Shape.scalar(), 2),
            new QuadraticEnergy(2, CURVATURE),
            new PairedObjective(EnergyObjective.system2(new EnergyObjective.Settings(steps))),
            new ThinkingMethod(1, STEP_SIZE, false, null, null, null),
            List.of());
    Batch batch =
        new Batch(
            Map.of(PointModality.CENTRE, Array.of(POINTS, CENTRE)),
            Array.of(POINTS, TARGET),
            Array.filled(Shape.of(2), 1),
            start == null ? null : Array.of(POINTS, start));
    try (ReferenceBackend backend = new ReferenceBackend();
        TrainingStepper stepper =
            new TrainingStepper(
                problem, backend, ParameterUpdateRule.of(new GradientDescent(), 0.1), 1)) {
      stepper.initialize();
      return stepper.step(1, List.of(batch));
    }
  }

  /** Up to three steps are one program, more are taken one by one. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void theLastStepFromTheStartOfTheDataIsComparedWithItsTarget(int steps) {
    double left = Math.pow(1 - STEP_SIZE * CURVATURE, steps);
    double sum = 0;
    for (int i = 0; i < START.length; i++) {
      double reached = CENTRE[i] + left * (START[i] - CENTRE[i]);
      sum += Math.pow(reached - TARGET[i], 2);
    }
    assertThat(trained(steps, START).loss()).isCloseTo(sum / 2, within(1e-12));
  }

  @Test
  void dataWithoutInitialCandidatesIsRefused() {
    assertThatThrownBy(() -> trained(1, null))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("starts from initial candidates of the data")
        .hasMessageContaining("a dataset that has them expected");
  }

  @Test
  void aLowerLossFromOtherNoiseIsNoBetterPrediction() {
    PairedObjective objective =
        new PairedObjective(EnergyObjective.system2(new EnergyObjective.Settings(1)));
    assertThat(objective.judgedByLoss(new PointModality(Shape.scalar(), 2))).isFalse();
    assertThat(objective.startsFromData()).isTrue();
  }
}
