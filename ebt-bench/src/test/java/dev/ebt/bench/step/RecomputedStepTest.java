package dev.ebt.bench.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Backend;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.tensorflow.DeviceChoice;
import dev.ebt.tensorflow.TensorFlowBackend;
import dev.ebt.tensorflow.TensorFlowSettings;
import dev.ebt.train.TrainingMemory;
import dev.ebt.train.TrainingStepper;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training steps that compute activations again, in single precision. */
class RecomputedStepTest {
  /** The third is trained thinking step by thinking step, the last does not think. */
  @ParameterizedTest
  @CsvSource({"s1, 2", "s2, 2", "s1, 7", "unrolled, 2", "s1, 0"})
  void takeLessMemoryAndHaveTheSameNumbers(String objective, int steps) {
    StepBenchmarkSettings kept = size(objective, steps, false);
    StepBenchmarkSettings recomputed = size(objective, steps, true);
    assertThat(memory(recomputed).step()).isLessThan(memory(kept).step() * 4 / 5);
    StepMetrics expected = trained(kept);
    StepMetrics found = trained(recomputed);
    assertThat(found.loss()).isCloseTo(expected.loss(), within(1e-5));
    assertThat(found.gradientNorm() / expected.gradientNorm()).isCloseTo(1, within(1e-3));
  }

  private static StepBenchmarkSettings size(String objective, int steps, boolean recompute) {
    return new StepBenchmarkSettings(
        objective, "none", 4, 64, 2, 8, 128, 32, List.of(steps), 1, recompute);
  }

  private static TrainingMemory memory(StepBenchmarkSettings size) {
    return TrainingMemory.of(size.problem(size.steps().get(0)), size.rule(), size.batch(), false);
  }

  private static StepMetrics trained(StepBenchmarkSettings size) {
    try (Backend backend =
            TensorFlowBackend.open(TensorFlowSettings.defaults().on(DeviceChoice.CPU));
        TrainingStepper stepper =
            new TrainingStepper(size.problem(size.steps().get(0)), backend, size.rule(), 33)) {
      stepper.initialize();
      return stepper.step(1, List.of(StepBenchmark.batch(size)));
    }
  }
}
