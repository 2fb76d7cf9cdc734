package dev.ebt.think;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.error.SettingException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
import dev.ebt.optimize.Backtracking;
import dev.ebt.optimize.Optimizer;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.predict.FixedElements;
import dev.ebt.sample.CrossEntropySearch;
import dev.ebt.sample.HamiltonianMonteCarlo;
import dev.ebt.sample.LangevinDynamics;
import dev.ebt.select.GaussianRepulsion;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingStep;
import dev.ebt.stop.EvaluationBudget;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import dev.ebt.train.TrainingStepper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Candidates in the valley E = ½y², where a step of size ½ halves y after it was displaced. */
class EarlierCandidatesTest {
  private static final double STRENGTH = 0.3;
  private static final double WIDTH = 0.7;
  private static final Shape ONE = Shape.of(1, 1);

  private static ThinkingMethod repelled() {
    return repelled(null);
  }

  private static ThinkingMethod repelled(@Nullable Integer steps) {
    return new ThinkingMethod(1, 0.5, false, null, null, null)
        .repelledBy(new GaussianRepulsion(STRENGTH, WIDTH, steps));
  }

  private static void with(ThinkingMethod thinking, Consumer<Thinker> action) {
    with(thinking, 1, false, action);
  }

  private static void with(
      ThinkingMethod thinking, int width, boolean holding, Consumer<Thinker> action) {
    try (ReferenceBackend backend = new ReferenceBackend()) {
      Parameters parameters = new Parameters();
      ThinkingStep.stepSize(thinking, parameters);
      parameters.weight("curvature", Shape.scalar(), Initializer.constant(1));
      TrainingStepper.initialize(backend, parameters.specs(), 0);
      PointModality modality = new PointModality(Shape.scalar(), width);
      QuadraticEnergy energy = new QuadraticEnergy(width, 1);
      CompiledThinking compiled =
          holding
              ? CompiledThinking.holding(backend, modality, energy, thinking, List.of(), 1)
              : CompiledThinking.of(backend, modality, energy, thinking, List.of(), 1, 0);
      try (Thinker thinker = compiled.session()) {
        thinker.observe(Map.of(PointModality.CENTRE, Array.filled(Shape.of(1, width), 0)));
        action.accept(thinker);
      }
    }
  }

  private static double start(Thinker thinker, long seed) {
    thinker.begin(seed);
    return thinker.candidate().item();
  }

  private static double end(Thinker thinker) {
    thinker.reach(3, 0);
    return thinker.candidate().item();
  }

  /** Returns y after three steps, displaced by earlier candidates before all of them. */
  private static double expected(double initial, double... earlier) {
    return expected(3, initial, earlier);
  }

  private static double expected(int steps, double initial, double... earlier) {
    double y = initial;
    for (int step = 0; step < 3; step++) {
      double displacement = 0;
      for (double other : earlier) {
        double apart = (y - other) / WIDTH;
        displacement += STRENGTH * apart * Math.exp((1 - apart * apart) / 2);
      }
      y = (y + (step < steps ? displacement : 0)) / 2;
    }
    return y;
  }

  @Test
  void eachCandidateIsDisplacedByAllBeforeIt() {
    with(
        repelled(),
        thinker -> {
          double initial = start(thinker, 1);
          double first = end(thinker);
          assertThat(first).isCloseTo(expected(initial), within(1e-12));

          initial = start(thinker, 2);
          double second = end(thinker);
          assertThat(second).isCloseTo(expected(initial, first), within(1e-12));

          initial = start(thinker, 3);
          assertThat(end(thinker)).isCloseTo(expected(initial, first, second), within(1e-12));
        });
  }

  @Test
  void theLastStepsMayBeWithoutDisplacement() {
    with(
        repelled(2),
        thinker -> {
          start(thinker, 1);
          double first = end(thinker);
          double initial = start(thinker, 2);
          assertThat(end(thinker)).isCloseTo(expected(2, initial, first), within(1e-12));
        });
  }

  @Test
  void anotherContextForgetsThem() {
    with(
        repelled(),
        thinker -> {
          start(thinker, 1);
          end(thinker);
          thinker.observe(Map.of(PointModality.CENTRE, Array.filled(ONE, 0)));
          double initial = start(thinker, 2);
          assertThat(end(thinker)).isCloseTo(expected(initial), within(1e-12));
        });
  }

  @Test
  void aCandidateThatWasNotThoughtAboutDisplacesNone() {
    with(
        repelled(),
        thinker -> {
          start(thinker, 1);
          double initial = start(thinker, 2);
          assertThat(end(thinker)).isCloseTo(expected(initial), within(1e-12));
        });
  }

  @Test
  void aPredictionThatHasStoppedStays() {
    with(
        repelled().stoppedBy(new EvaluationBudget(1)),
        thinker -> {
          start(thinker, 1);
          end(thinker);
          start(thinker, 2);
          thinker.step();
          double stopped = thinker.candidate().item();
          thinker.step();
          assertThat(thinker.candidate().item()).isEqualTo(stopped);
        });
  }

  @Test
  void candidatesThatAreSetAreCandidatesLikeOthers() {
    with(
        repelled(),
        thinker -> {
          start(thinker, 1);
          double first = end(thinker);
          thinker.begin(Array.filled(ONE, 0.9));
          double second = end(thinker);
          assertThat(second).isCloseTo(expected(0.9, first), within(1e-7));
          double initial = start(thinker, 2);
          assertThat(end(thinker)).isCloseTo(expected(initial, first, second), within(1e-7));
        });
  }

  @Test
  void elementsThatAreHeldStay() {
    Array given = Array.of(Shape.of(1, 2), 1.5, 0.0);
    with(
        repelled(),
        2,
        true,
        thinker -> {
          thinker.hold(new FixedElements(Array.of(Shape.of(1, 2), 1.0, 0.0), given));
          thinker.begin(1);
          thinker.reach(3, 0);
          double first = thinker.candidate().real(1);
          thinker.begin(2);
          double y = thinker.candidate().real(1);
          thinker.reach(3, 0);
          for (int step = 0; step < 3; step++) {
            double apart = (y - first) / WIDTH;
            y = (y + STRENGTH * apart * Math.exp((1 - apart * apart / 2) / 2)) / 2;
          }
          assertThat(thinker.candidate().doubles())
              .containsExactly(new double[] {1.5, y}, within(1e-12));
        });
  }

  /** α is 3 · ½ / n: that of one step leads to −½ y, and is forgotten for three steps. */
  @Test
  void aTrajectoryThatStartsOverIsTheSameCandidate() {
    ThinkingMethod thinking =
        ThinkingMethod.of(
            ThinkingHyperparameters.builder()
                .landscapes(1)
                .stepSize(0.5)
                .learnStepSize(false)
                .trajectorySteps(3)
                .build());
    with(
        thinking.repelledBy(new GaussianRepulsion(STRENGTH, WIDTH, null)),
        thinker -> {
          start(thinker, 1);
          thinker.reach(1, 0);
          double first = end(thinker);
          double initial = start(thinker, 2);
          thinker.reach(1, 0);
          assertThat(end(thinker)).isCloseTo(expected(initial, first), within(1e-12));
        });
  }

  /** One row at 0, whose loss is y². */
  private record Origin(int size) implements Examples {
    @Override
    public Batch batch(int... rows) {
      return new Batch(
          Map.of(PointModality.CENTRE, Array.filled(ONE, 0)),
          Array.filled(ONE, 0),
          Array.filled(Shape.of(1), 1));
    }
  }

  private static List<Double> losses(List<Integer> steps) {
    List<Double> losses = new ArrayList<>();
    with(
        repelled(),
        thinker ->
            new PredictionEvaluator(thinker, new PointModality(Shape.scalar(), 1), 1)
                .evaluate(new Origin(1), 1, new ComputeBudgets(steps, List.of(1, 4)), 5)
                .forEach(result -> losses.add(result.loss())));
    return losses;
  }

  @Test
  void eachNumberOfStepsIsEvaluatedAsIfItWereTheOnlyOne() {
    List<Double> alone = new ArrayList<>(losses(List.of(1)));
    alone.addAll(losses(List.of(3)));
    assertThat(losses(List.of(1, 3))).isEqualTo(alone);
  }

  @Test
  void candidatesOfOneBatchAreRefused() {
    try (ReferenceBackend backend = new ReferenceBackend()) {
      PointModality modality = new PointModality(Shape.of(2), 1);
      QuadraticEnergy energy = new QuadraticEnergy(1, 1);
      assertThatThrownBy(
              () -> CompiledThinking.of(backend, modality, energy, repelled(), List.of(), 1, 1))
          .isInstanceOf(SettingException.class)
          .hasMessageContaining("thinking.repel is for candidates of whole rows");
    }
  }

  private static void compile(Optimizer optimizer) {
    ThinkingHyperparameters numbers =
        ThinkingHyperparameters.builder().landscapes(1).stepSize(0.5).build();
    ThinkingMethod thinking =
        new ThinkingMethod(numbers, optimizer)
            .repelledBy(new GaussianRepulsion(STRENGTH, WIDTH, null));
    try (ReferenceBackend backend = new ReferenceBackend()) {
      PointModality modality = new PointModality(Shape.scalar(), 1);
      CompiledThinking.of(backend, modality, new QuadraticEnergy(1, 1), thinking, List.of(), 1, 0);
    }
  }

  @Test
  void optimizersThatGoBackToEarlierCandidatesAreRefused() {
    for (Optimizer optimizer :
        List.of(
            new Backtracking(null, null),
            new HamiltonianMonteCarlo(3, null, null),
            new CrossEntropySearch(4, 2))) {
      assertThatThrownBy(() -> compile(optimizer))
          .as("%s", optimizer)
          .isInstanceOf(SettingException.class)
          .hasMessageContaining("thinking.repel displaces candidates between steps");
    }
    compile(new LangevinDynamics(null, null, null));
  }
}
