package dev.ebt.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.energy.DenoisingModel;
import dev.ebt.energy.Model;
import dev.ebt.error.UserException;
import dev.ebt.nn.Parameters;
import dev.ebt.objective.Objective;
import dev.ebt.regularize.Regularizer;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.QuadraticEnergy;
import dev.ebt.train.TrainingProblem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiffusionObjectiveTest {
  private static final int ROWS = 500;
  private static final ThinkingMethod THINKING =
      ThinkingMethod.of(ThinkingHyperparameters.defaults());

  private final DiffusionObjective objective =
      new DiffusionObjective(new SamplerSettings(null, null, null));

  /** Tells the time instead of noise: the noise it is told to be is wrong by just that. */
  private record Clock() implements DenoisingModel {
    @Override
    public String description() {
      return "clock";
    }

    @Override
    public int width() {
      return 1;
    }

    @Override
    public Tensor denoise(
        Tensor noisy, Tensor times, Tensor condition, int size, Parameters parameters) {
      Tensor time = Functions.real(times).reshape(noisy.shape().size(0), 1, 1);
      return Functions.concat(
          2, time.times(1e6).broadcastTo(noisy.shape()), Tensor.zeros(noisy.shape()));
    }
  }

  private Objective.ObjectiveOutput objectiveOutput(
      Model model, int latest, List<Regularizer> regularizers, int rows) {
    return new TrainingProblem(new Numbers(4, latest), model, objective, THINKING, regularizers)
        .trace(rows, List.of(), new Parameters());
  }

  private static Map<String, Array> run(Objective.ObjectiveOutput objectiveOutput, long step) {
    Program.Builder program = Program.named("lesson").output("loss", objectiveOutput.loss());
    objectiveOutput.metrics().forEach(program::output);
    int rows = objectiveOutput.loss().shape().size(0);
    try (ReferenceBackend backend = new ReferenceBackend();
        Executable executable = backend.compile(program.build())) {
      return executable.run(
          Map.of(
              "target",
              Array.filled(Shape.of(rows, 4), 0.25),
              "key",
              Array.of(Shape.of(2), 1, step)));
    }
  }

  @Test
  void timesAreDrawnEvenlyUpToTheLatest() {
    Array errors = run(objectiveOutput(new Clock(), 3, List.of(), ROWS), 1).get("noiseError");
    int[] counts = new int[4];
    for (int i = 0; i < ROWS; i++) {
      counts[(int) Math.round(Math.sqrt(errors.real(i)) / 1e6)]++;
    }
    // 125 of each, give or take 10.
    assertThat(Arrays.stream(counts)).hasSize(4).allMatch(count -> count > 85 && count < 165);
    assertThat(run(objectiveOutput(new Clock(), 3, List.of(), ROWS), 2).get("noiseError"))
        .isNotEqualTo(errors);
  }

  @Test
  void lossIsTheErrorOfTheNoiseAndTheBound() {
    Map<String, Array> found = run(objectiveOutput(new Numbers.Best(0.25), 999, List.of(), 20), 1);
    for (int row = 0; row < 20; row++) {
      assertThat(found.get("loss").real(row))
          .isCloseTo(
              found.get("noiseError").real(row) + found.get("bound").real(row), within(1e-9));
      assertThat(found.get("bound").real(row)).isNotNegative();
    }
  }

  @Test
  void otherModelsAndRegularizersAreRefused() {
    assertThatThrownBy(() -> objectiveOutput(new QuadraticEnergy(1, 2), 3, List.of(), 1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("this objective trains diffusion models, and model '");
    Regularizer idle = new Regularizer() {};
    assertThatThrownBy(() -> objectiveOutput(new Clock(), 3, List.of(idle), 1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("regularizers act on thinking, and model 'clock' does not think");
    assertThat(objective.stepPlan(THINKING)).isEmpty();
  }
}
