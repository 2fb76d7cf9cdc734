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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training steps that compute activations again, in single precision. */
class RecomputedStepTest {
  /** The third is trained thinking step by thinking step, the last does not think. */
  @ParameterizedTest
  @CsvSource({"s1, 2", "s2, 2", "s1, 7", "unrolled, 2", "s1, 0"})
  void takeLessMemoryAndHaveTheSameLosses(String objective, int steps) {
    StepBenchmarkSettings kept = size(objective, steps, false);
    StepBenchmarkSettings recomputed = size(objective, steps, true);
    assertThat(memory(recomputed).step()).isLessThan(memory(kept).step() * 4 / 5);
    List<StepMetrics> expected = trained(kept);
    List<StepMetrics> found = trained(recomputed);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i).loss()).isCloseTo(expected.get(i).loss(), within(1e-4));
      assertThat(found.get(i).gradientNorm() / expected.get(i).gradientNorm())
          .isCloseTo(1, within(1e-2));
    }
  }

  private static StepBenchmarkSettings size(String objective, int steps, boolean recompute) {
    return new StepBenchmarkSettings(
        objective, "none", 4, 64, 2, 8, 128, 32, List.of(steps), 1, recompute);
  }

  private static TrainingMemory memory(StepBenchmarkSettings size) {
    return TrainingMemory.of(size.problem(size.steps().get(0)), size.rule(), size.batch(), false);
  }

  private static List<StepMetrics> trained(StepBenchmarkSettings size) {
    List<StepMetrics> metrics = new ArrayList<>();
    try (Backend backend =
            TensorFlowBackend.open(TensorFlowSettings.defaults().on(DeviceChoice.CPU));
        TrainingStepper stepper =
            new TrainingStepper(size.problem(size.steps().get(0)), backend, size.rule(), 33)) {
      stepper.initialize();
      for (int step = 1; step <= 3; step++) {
        metrics.add(stepper.step(step, List.of(StepBenchmark.batch(size))));
      }
    }
    return metrics;
  }
}
