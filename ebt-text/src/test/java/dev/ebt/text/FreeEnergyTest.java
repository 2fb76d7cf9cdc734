package dev.ebt.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.energy.EnergyModel;
import dev.ebt.error.UserException;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.text.token.ByteTokenizer;
import dev.ebt.text.window.TrainingWindows;
import dev.ebt.think.Thinker;
import dev.ebt.train.EnergyObjective;
import dev.ebt.train.TrainingProblem;
import dev.ebt.train.TrainingStepper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * E(p) − τH(p). Where E is linear in p, E = ⟨e, p⟩, its minimum is p = softmax(−e/τ), and a mirror
 * step of α = 1/τ arrives there from anywhere.
 */
class FreeEnergyTest {
  private static final double TEMPERATURE = 0.5;
  private static final int LENGTH = 3;
  private static final int VOCABULARY = 256;

  /** The sum of the embedded candidate's elements. */
  private record Linear(int width) implements EnergyModel {
    @Override
    public String description() {
      return "linear";
    }

    @Override
    public NamedTensors observe(Tensor context, Tensor landscape, Parameters parameters) {
      return NamedTensors.of("context", context);
    }

    @Override
    public Tensor energy(
        NamedTensors observed, Tensor candidate, Tensor landscape, Parameters parameters) {
      return candidate.sum(2);
    }
  }

  private static TextModality modality(double temperature) {
    return new TextModality(
        new TextSettings(LENGTH, null, null, 3.0, null, temperature), new ByteTokenizer());
  }

  @Test
  void oneStepArrivesFromAnywhereAndTheNextOneStays() {
    Array near = probabilities(1, 1);
    Array far = probabilities(2, 1);
    assertThat(far.doubles()).containsExactly(near.doubles(), within(1e-12));
    assertThat(probabilities(2, 2).doubles()).containsExactly(near.doubles(), within(1e-12));
    assertThat(probabilities(2, 0).doubles()).isNotEqualTo(probabilities(1, 0).doubles());
  }

  @Test
  void halfAStepGoesHalfOfTheWay() {
    double[] start = logits(1, 0, 1 / TEMPERATURE).doubles();
    double[] half = logits(1, 1, 0.5 / TEMPERATURE).doubles();
    double[] whole = logits(1, 1, 1 / TEMPERATURE).doubles();
    for (int i = 1; i < VOCABULARY; i++) {
      double from = start[i] - start[0];
      double to = whole[i] - whole[0];
      assertThat(half[i] - half[0]).isCloseTo((from + to) / 2, within(1e-9));
    }
  }

  /** y″ = p′ − αe − ln p′, y′ = p − αe − ln p: so y″ = y + p′ − p, but for constants. */
  @Test
  void aDigestedMoveOfAWholeStepUndoesTheOneBefore() {
    double[][] y = new double[3][];
    double[][] p = new double[3][];
    for (int steps = 0; steps < 3; steps++) {
      Array logits = logits(1, steps, 1 / TEMPERATURE, ThinkingMethod.UpdateRule.MODEL_INPUT);
      y[steps] = logits.doubles();
      p[steps] = run(modality(0).toModelInput(Tensor.constant(logits))).doubles();
    }
    for (int i = 1; i < VOCABULARY; i++) {
      double before = y[0][i] - y[0][0] + p[1][i] - p[0][i] - (p[1][0] - p[0][0]);
      assertThat(y[2][i] - y[2][0]).isCloseTo(before, within(1e-9));
    }
  }

  @Test
  void aCertainCandidateHasNoEntropy() {
    Tensor certain =
        modality(1).targetCandidate(Tensor.constant(Array.of(Shape.of(1, LENGTH), 1L, 2L, 3L)));
    assertThat(run(modality(1).analyticEnergy(certain).orElseThrow()).doubles())
        .containsOnly(new double[] {0}, within(1e-30));
    Tensor even = Tensor.constant(Array.filled(Shape.of(1, 1, 4), 0.25));
    assertThat(run(modality(2).analyticEnergy(even).orElseThrow()).item())
        .isCloseTo(-2 * Math.log(4), within(1e-12));
    assertThat(modality(0).analyticEnergy(certain)).isEmpty();
  }

  @Test
  void temperatureIsNotNegative() {
    assertThatThrownBy(() -> modality(-1))
        .isInstanceOf(UserException.class)
        .hasMessage("modality.temperature is -1.0; 0 or more expected");
  }

  /** softmax of the candidate, from a start drawn with this seed, after so many steps. */
  private static Array probabilities(long seed, int steps) {
    Array logits = logits(seed, steps, 1 / TEMPERATURE);
    return run(modality(0).toModelInput(Tensor.constant(logits)));
  }

  private static Array logits(long seed, int steps, double stepSize) {
    return logits(seed, steps, stepSize, ThinkingMethod.UpdateRule.MIRROR);
  }

  private static Array logits(
      long seed, int steps, double stepSize, ThinkingMethod.UpdateRule move) {
    ThinkingMethod thinking = new ThinkingMethod(1, stepSize, false, null, null, move);
    TextModality modality = modality(TEMPERATURE);
    try (ReferenceBackend backend = new ReferenceBackend();
        Thinker thinker = new Thinker(backend, modality, new Linear(8), thinking, List.of(), 1)) {
      TrainingStepper.initialize(backend, parameters(modality, thinking), 4);
      Array tokens = Array.of(Shape.of(1, LENGTH), 1L, 2L, 3L);
      thinker.observe(Map.of(TrainingWindows.TOKENS, tokens));
      thinker.begin(seed);
      for (int i = 0; i < steps; i++) {
        thinker.step();
      }
      return thinker.candidate();
    }
  }

  private static List<ParameterSpec> parameters(TextModality modality, ThinkingMethod thinking) {
    return new TrainingProblem(
            modality,
            new Linear(8),
            EnergyObjective.system1(new EnergyObjective.Settings(1)),
            thinking,
            List.of())
        .parameters();
  }

  private static Array run(Tensor tensor) {
    try (ReferenceBackend backend = new ReferenceBackend()) {
      Program program = Program.named("test").output("result", tensor).build();
      return backend.compile(program).run(Map.of()).get("result");
    }
  }
}
