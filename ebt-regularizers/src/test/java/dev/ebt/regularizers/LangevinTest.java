package dev.ebt.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Backend;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.optimize.ConstantSchedule;
import dev.ebt.optimize.GradientDescent;
import dev.ebt.optimize.Optimizer;
import dev.ebt.regularize.HookContext;
import dev.ebt.regularize.Regularizer;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import dev.ebt.testing.RegularizedThinking;
import dev.ebt.testing.RegularizerContract;
import dev.ebt.train.EnergyObjective;
import dev.ebt.train.ParameterUpdateRule;
import dev.ebt.train.TrainingProblem;
import dev.ebt.train.TrainingStepper;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LangevinTest extends RegularizerContract {
  private static final Langevin DEFAULT = new Langevin(null, null, null, null);

  @Override
  protected List<Langevin> regularizers() {
    return List.of(
        DEFAULT,
        new Langevin(0.5, true, null, null),
        new Langevin(0.5, null, true, null),
        new Langevin(0.5, true, true, true));
  }

  @Test
  void stationaryVarianceOnAQuadratic() {
    double k = 0.8;
    double alpha = 0.5;
    double sigma = 0.3;
    double a = 1 - alpha * k;
    double before = sigma * sigma / (1 - a * a);
    int width = 30_000;
    RegularizedThinking thinking =
        new RegularizedThinking(
            Shape.scalar(), width, k, alpha, List.of(new Langevin(sigma, null, null, null)));
    Map<String, Array> found =
        thinking.learning(zeros(thinking, 1), Collections.nCopies(20, 1), 11);
    double[] y = found.get("candidate.19").doubles();
    double variance = Arrays.stream(y).map(d -> d * d).sum() / width;
    assertThat(variance).isCloseTo(a * a * before, within(0.03 * a * a * before));
    assertThat(found.get("energy.19").item() / width)
        .as("energy of the noisy candidates")
        .isCloseTo(k * before / 2, within(0.03 * k * before / 2));
    assertThat(Arrays.stream(y).sum() / width).isCloseTo(0, within(0.01));
  }

  @Test
  void noiseIsFreshInEveryStep() {
    RegularizedThinking thinking = thinking(new Langevin(1.0, null, null, null));
    Map<String, Array> found = thinking.learning(zeros(thinking, 2), List.of(0, 0), 11);
    double[] first = found.get("candidate.0").doubles();
    double[] second = found.get("candidate.1").doubles();
    // With αk = ½: y₁ = ε₁/2, y₂ = (y₁ + ε₂)/2.
    for (int i = 0; i < first.length; i++) {
      assertThat(2 * second[i] - first[i]).isNotCloseTo(2 * first[i], within(1e-6));
    }
    assertThat(Arrays.stream(first).distinct().count()).isEqualTo(first.length);
  }

  @Test
  void keysDraw() {
    RegularizedThinking thinking = thinking(DEFAULT);
    Array start = zeros(thinking, 2);
    assertThat(thinking.learning(start, List.of(0), 1))
        .isNotEqualTo(thinking.learning(start, List.of(0), 2));
  }

  @Test
  void firstStepOnlyLeavesTheOthersQuiet() {
    RegularizedThinking thinking = thinking(new Langevin(1.0, null, true, true));
    Array start = zeros(thinking, 2);
    Map<String, Array> found = thinking.learning(start, List.of(0, 1, 1), 11);
    assertHalved(found.get("candidate.0"), found.get("candidate.1"));
    assertHalved(found.get("candidate.1"), found.get("candidate.2"));
    assertThat(found.get("candidate.0").doubles()).doesNotContain(0);
    assertHalved(thinking.evaluating(start, 1), thinking.evaluating(start, 2));
    assertHalved(thinking.evaluating(start, 2), thinking.evaluating(start, 3));
    assertThat(thinking.evaluating(start, 1).doubles()).doesNotContain(0);
  }

  @Test
  void offInEvaluationUnlessWanted() {
    Array start = zeros(thinking(DEFAULT), 2);
    assertThat(thinking(DEFAULT).evaluating(start, 3).doubles()).containsOnly(0);
    assertThat(thinking(new Langevin(1.0, null, true, null)).evaluating(start, 3).doubles())
        .doesNotContain(0);
  }

  @Test
  void noNoiseChangesNothing() {
    RegularizedThinking thinking = thinking(new Langevin(0.0, null, null, null));
    Array start = zeros(thinking, 2);
    assertThat(thinking.learning(start, List.of(0, 1), 11))
        .isEqualTo(thinking().learning(start, List.of(0, 1), 11));
  }

  @Test
  void learnableDeviationIsAParameter() {
    RegularizedThinking thinking = thinking(new Langevin(0.7, true, null, null));
    ParameterSpec spec =
        thinking.parameters(List.of(0)).specs().stream()
            .filter(s -> s.name().equals("langevin_dynamics_noise_std"))
            .findFirst()
            .orElseThrow();
    assertThat(spec.shape()).isEqualTo(Shape.scalar());
    assertThat(spec.traits())
        .isEqualTo(new ParameterSpec.Traits(1, false, 1e-6, Double.POSITIVE_INFINITY, true));
    Array start = zeros(thinking, 2);
    Map<String, Array> found = thinking.learning(start, List.of(0), 11);
    assertThat(found.get("candidate.0"))
        .isEqualTo(
            thinking(new Langevin((double) 0.7f, null, null, null))
                .learning(start, List.of(0), 11)
                .get("candidate.0"));
    // Losses are |σε/2|², so their derivative for σ is 2/σ times their sum.
    double sum = Arrays.stream(found.get("candidate.0").doubles()).map(d -> d * d).sum();
    assertThat(found.get("derivative.langevin_dynamics_noise_std").item())
        .isCloseTo(2.0 / 0.7f * sum, within(1e-9));
    assertThat(thinking(DEFAULT).parameters(List.of(0)).tensors())
        .doesNotContainKey("langevin_dynamics_noise_std");
  }

  @Test
  void learntDeviationStaysPositive() {
    PointModality modality = new PointModality(Shape.scalar(), 2);
    TrainingProblem trainingProblem =
        new TrainingProblem(
            modality,
            new QuadraticEnergy(2, 1),
            new EnergyObjective(
                1, EnergyObjective.LossAt.EACH, EnergyObjective.GradientThrough.STEP),
            new ThinkingMethod(1, 0.5, false, null, null, null),
            List.of(new Langevin(0.5, true, null, null)));
    ParameterUpdateRule steep = ParameterUpdateRule.of(new GradientDescent(), 1e4);
    Array zeros = Array.filled(Shape.of(50, 2), 0);
    Batch batch =
        new Batch(Map.of(PointModality.CENTRE, zeros), zeros, Array.filled(Shape.of(50), 1));
    try (Backend backend = new ReferenceBackend();
        TrainingStepper stepper = new TrainingStepper(trainingProblem, backend, steep, 7)) {
      stepper.initialize();
      stepper.step(1, List.of(batch));
      assertThat(backend.read(Variable.real(Langevin.PARAMETER, Shape.scalar())).item())
          .isEqualTo(Langevin.MINIMUM);
    }
  }

  @Test
  void deviationIsLearntWhenTheWarmUpIsOverAlsoInAResumedRun() {
    double[] whole = deviations(1, 5);
    assertThat(Arrays.copyOf(whole, 3)).containsOnly(0.5f);
    assertThat(whole[3]).isLessThan(0.5f);
    assertThat(whole[4]).isLessThan(whole[3]);
    assertThat(deviations(3, 5))
        .as("resumed after step 2")
        .containsExactly(0.5f, whole[3], whole[4]);
    assertThat(deviations(4, 5))
        .as("resumed after the warm-up")
        .containsExactly(whole[3], whole[4]);
  }

  /**
   * σ after each step, with a warm-up of three; a gradient of σ depends on nothing but σ and keys.
   */
  private static double[] deviations(int from, int to) {
    ParameterUpdateRule rule =
        ParameterUpdateRule.of(new DeviationOnly(), new ConstantSchedule(3, 0.0), 0.01);
    PointModality modality = new PointModality(Shape.scalar(), 2);
    TrainingProblem trainingProblem =
        new TrainingProblem(
            modality,
            new QuadraticEnergy(2, 1),
            new EnergyObjective(
                1, EnergyObjective.LossAt.EACH, EnergyObjective.GradientThrough.STEP),
            new ThinkingMethod(1, 0.5, false, null, null, null),
            List.of(new Langevin(0.5, true, null, null)));
    Array zeros = Array.filled(Shape.of(50, 2), 0);
    Batch batch =
        new Batch(Map.of(PointModality.CENTRE, zeros), zeros, Array.filled(Shape.of(50), 1));
    double[] found = new double[to - from + 1];
    try (Backend backend = new ReferenceBackend();
        TrainingStepper stepper = new TrainingStepper(trainingProblem, backend, rule, 7)) {
      stepper.initialize();
      for (int step = from; step <= to; step++) {
        stepper.step(step, List.of(batch));
        found[step - from] = backend.read(Variable.real(Langevin.PARAMETER, Shape.scalar())).item();
      }
    }
    return found;
  }

  /** Descent of σ alone, so that its way depends on the step number and nothing learnt before. */
  private static final class DeviationOnly implements Optimizer {
    private final GradientDescent descent = new GradientDescent();

    @Override
    public List<Slot> slots() {
      return descent.slots();
    }

    @Override
    public Optimizer.Update move(Optimizer.Inputs situation) {
      boolean deviation = situation.value().shape().rank() == 0 && !situation.decayed();
      return deviation
          ? descent.move(situation)
          : new Optimizer.Update(situation.value(), Map.of());
    }
  }

  @Test
  void orderMatters() {
    Regularizer half =
        new Regularizer() {
          @Override
          public Tensor beforeStep(Tensor candidate, HookContext site) {
            return candidate.times(0.5);
          }
        };
    Langevin noise = new Langevin(1.0, null, null, null);
    RegularizedThinking before = thinking(noise, half);
    Array start = zeros(before, 2);
    // Another place in the order draws other numbers, so only sizes can be compared.
    assertThat(size(before.learning(start, List.of(0), 11))).isCloseTo(0.25, within(0.03));
    assertThat(size(thinking(half, noise).learning(start, List.of(0), 11)))
        .isCloseTo(0.5, within(0.06));
  }

  @Test
  void refusesBadSettings() {
    assertRefused(-1.0, null, "sigma is -1.0; a finite number, 0 or more, expected");
    assertRefused(Double.NaN, null, "sigma is NaN; a finite number, 0 or more, expected");
    assertRefused(
        Double.POSITIVE_INFINITY, null, "sigma is Infinity; a finite number, 0 or more, expected");
    assertRefused(0.0, true, "sigma is 0.0; if learnable, at least 1e-6 expected");
  }

  private static void assertRefused(Double sigma, Boolean learnable, String message) {
    assertThatThrownBy(() -> new Langevin(sigma, learnable, null, null))
        .isInstanceOf(UserException.class)
        .hasMessage(message);
  }

  /** Steps of αk = ½: each halves the candidate. */
  private static RegularizedThinking thinking(Regularizer... regularizers) {
    return new RegularizedThinking(Shape.of(20), 50, 1, 0.5, List.of(regularizers));
  }

  private static Array zeros(RegularizedThinking thinking, int rows) {
    return Array.filled(thinking.candidates(rows), 0);
  }

  private static void assertHalved(Array before, Array after) {
    double[] half = Arrays.stream(before.doubles()).map(d -> d / 2).toArray();
    assertThat(after.doubles()).containsExactly(half, within(1e-12));
  }

  private static double size(Map<String, Array> found) {
    double[] y = found.get("candidate.0").doubles();
    return Math.sqrt(Arrays.stream(y).map(d -> d * d).sum() / y.length);
  }
}
