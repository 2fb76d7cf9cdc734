package dev.ebt.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.error.SettingException;
import dev.ebt.modality.Batch;
import dev.ebt.model.JointEnergy;
import dev.ebt.model.JointSettings;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.optimize.GradientDescent;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.testing.CellsModality;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** System 2 with the mean loss of a few last steps. */
class LastStepsTest {
  private static final CellsModality CELLS = new CellsModality(4, 3);
  private static final Batch BATCH = CELLS.examples(2).batch(0, 1);
  private static final ThinkingMethod MIRROR =
      new ThinkingMethod(1, 0.5, false, null, null, ThinkingMethod.UpdateRule.MIRROR);

  private static TrainingProblem problem(int lastSteps) {
    return new TrainingProblem(
        CELLS,
        new JointEnergy(new JointSettings(null, 1, 2, 8, null), 1),
        EnergyObjective.system2(new EnergyObjective.Settings(4, null, null, lastSteps)),
        MIRROR,
        List.of());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 9})
  void theLossOfTheLastStepsIsTheSameStepByStepAndInOneProgram(int lastSteps) {
    List<StepMetrics> whole = train(lastSteps, 4);
    List<StepMetrics> stepwise = train(lastSteps, 0);

    for (int i = 0; i < whole.size(); i++) {
      assertThat(stepwise.get(i).loss()).isCloseTo(whole.get(i).loss(), within(1e-9));
    }
    assertThat(whole.get(0).loss()).isNotEqualTo(whole.get(2).loss());
    if (lastSteps > 1) {
      assertThat(whole.get(0).loss()).isNotCloseTo(train(1, 4).get(0).loss(), within(1e-6));
    }
  }

  /** Trains three updates of four thinking steps. */
  private static List<StepMetrics> train(int lastSteps, int wholeSteps) {
    ParameterUpdateRule rule = ParameterUpdateRule.of(new GradientDescent(), 0.1).clippedTo(1);
    try (ReferenceBackend backend = new ReferenceBackend();
        TrainingStepper stepper =
            new TrainingStepper(problem(lastSteps), backend, rule, 5, wholeSteps)) {
      stepper.initialize();
      return Stream.of(1L, 2L, 3L).map(step -> stepper.step(step, List.of(BATCH))).toList();
    }
  }

  @Test
  void theLastStepsAreForSystem2AndAtLeastOne() {
    assertThatThrownBy(() -> new EnergyObjective.Settings(null, null, null, 0))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("lastSteps");
    assertThatThrownBy(
            () -> EnergyObjective.system1(new EnergyObjective.Settings(2, null, null, 2)))
        .isInstanceOf(SettingException.class)
        .hasMessage(
            "objective.lastSteps is 2; 1 expected, as only s2 and paired have several last steps");
  }
}
