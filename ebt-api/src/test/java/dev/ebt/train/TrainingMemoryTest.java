package dev.ebt.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.optimize.AdamW;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingMemoryTest {
  private static TrainingMemory of(int steps, int rows, boolean accumulating) {
    TrainingProblem trainingProblem =
        new TrainingProblem(
            new PointModality(Shape.of(100), 10),
            new QuadraticEnergy(10, 1),
            EnergyObjective.system1(new EnergyObjective.Settings(steps)),
            new ThinkingMethod(1, 0.5, true, null, null, null),
            List.of());
    return TrainingMemory.of(
        trainingProblem,
        ParameterUpdateRule.of(new AdamW(0.9, 0.999, 1e-8, 0.01), 0.001).clippedTo(1),
        rows,
        accumulating);
  }

  @Test
  void optimizerRemembersTwoNumbersOfEachParameter() {
    TrainingMemory memory = of(2, 4, false);
    assertThat(memory.slots()).isEqualTo(2 * memory.parameters());
    assertThat(memory.others()).isZero();
    assertThat(of(2, 4, true).others()).isEqualTo(memory.parameters() + Float.BYTES);
  }

  @Test
  void manyStepsTakeNoMoreThanFive() {
    assertThat(of(2, 8, false).step()).isGreaterThan(of(1, 8, false).step());
    assertThat(of(100, 8, false).total()).isEqualTo(of(5, 8, false).total());
  }

  @Test
  void theProcessMayTakeMoreThanItsTensors() {
    TrainingMemory memory = new TrainingMemory(1L << 30, 2L << 30, 0, 7L << 30);
    assertThat(memory.process()).isEqualTo((18L << 30) + (5L << 28));
    assertThat(memory.line())
        .isEqualTo(
            "up to 19.3 GiB, of tensors about 10.0 GiB (parameters 1.00, optimizer 2.00, between"
                + " programs 0.00, one training step 7.00)");
  }

  @Test
  void tooMuchIsRefusedWithTheNumberAndWhatHelps() {
    TrainingMemory memory = new TrainingMemory(1L << 30, 2L << 30, 0, 5L << 30);
    assertThatThrownBy(() -> memory.requireFits(4L << 30))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "about 8.0 GiB (parameters 1.00, optimizer 2.00, between programs 0.00, one training"
                + " step 5.00)")
        .hasMessageContaining("4.0 GiB")
        .hasMessageContaining("training.batch")
        .hasMessageContaining("training.accumulate");
    assertThatCode(() -> memory.requireFits(8L << 30)).doesNotThrowAnyException();
  }
}
