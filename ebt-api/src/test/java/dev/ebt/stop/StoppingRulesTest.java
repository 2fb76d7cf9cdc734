package dev.ebt.stop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.predict.StepResult;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import dev.ebt.testing.StoppingRuleContract;
import dev.ebt.think.Thinker;
import dev.ebt.train.TrainingStepper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** In a quadratic valley: E = ½y², whose gradient is y, and a step of size ½ halves y. */
class StoppingRulesTest {
  private static final Shape ONE_ROW = Shape.of(1, 2, 1);

  private final ReferenceBackend backend = new ReferenceBackend();

  @AfterEach
  void close() {
    backend.close();
  }

  private Thinker thinker(StoppingRule rule, double... start) {
    ThinkingMethod thinking = new ThinkingMethod(1, 0.5, false, null, null, null).stoppedBy(rule);
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
    thinker.observe(Map.of(PointModality.CENTRE, Array.filled(ONE_ROW, 0)));
    thinker.begin(Array.of(ONE_ROW, start));
    return thinker;
  }

  private void assertEnds(StoppingRule rule, double[] start, double[] end, double... evaluations) {
    try (Thinker thinker = thinker(rule, start)) {
      thinker.reach(20, 0);
      assertThat(thinker.candidate().doubles()).containsExactly(end);
      assertThat(thinker.evaluationsUsed().orElseThrow().doubles()).containsExactly(evaluations);
    }
  }

  @Test
  void energySettledLooksAtTheLastFall() {
    // Energies 0.5, 0.125, 0.03125: the last one fell by 0.094.
    assertEnds(new EnergySettled(0.1), new double[] {1, 0}, new double[] {0.25, 0}, 3, 2);
  }

  @Test
  void gradientSmallLooksAtItsNorm() {
    assertEnds(new GradientSmall(0.3), new double[] {1, -8}, new double[] {0.25, -0.25}, 3, 6);
  }

  @Test
  void gradientReducedComparesItsNormWithThatOfTheFirstStep() {
    assertEnds(new GradientReduced(0.3), new double[] {1, -8}, new double[] {0.25, -2}, 3, 3);
    assertThatThrownBy(() -> new GradientReduced(1)).hasMessageContaining("between 0 and 1");
  }

  @Test
  void predictionSettledLooksAtTheDivergence() {
    // y ln(y / ½y) = y ln 2, which is 0.173 for ¼.
    assertEnds(new PredictionSettled(0.2), new double[] {1, 2}, new double[] {0.25, 0.25}, 3, 4);
  }

  @Test
  void budgetIsSpentAndNotExceeded() {
    try (Thinker thinker = thinker(new EvaluationBudget(2), 1, 8)) {
      assertThat(thinker.step(1, 0).remaining()).isEqualTo(2);
      StepResult last = thinker.step(1, 0);
      assertThat(last.moved()).isEqualTo(2);
      assertThat(last.remaining()).isZero();
      assertThat(thinker.step(1, 0).moved()).isZero();
      assertThat(thinker.candidate().doubles()).containsExactly(0.25, 2);
      assertThat(thinker.evaluationsUsed().orElseThrow().doubles()).containsOnly(2);
    }
  }

  @Test
  void anyOfSeveralStops() {
    StoppingRule rule = new AnyRule(List.of(new EvaluationBudget(3), new GradientSmall(0.6)));
    assertEnds(rule, new double[] {1, 8}, new double[] {0.5, 1}, 2, 3);
  }

  /**
   * Energies ½y² of 1 are 0.5, 0.125, 0.031, 0.008, …: the third is no improvement by 0.1, but the
   * fourth is one over the second.
   */
  @Test
  void patienceCountsStepsWithoutImprovement() {
    double[] start = {1, 0};
    assertEnds(new NoImprovement(1, 0.1), start, new double[] {0.25, 0}, 3, 2);
    assertEnds(new NoImprovement(2, 0.1), start, new double[] {0.03125, 0}, 6, 3);
  }

  /** A step size of 4 triples the distance and changes its sign, so that the energy rises. */
  @Test
  void patienceComparesWithTheLastImprovement() {
    try (Thinker thinker = thinker(new NoImprovement(2, 0), 1, 2)) {
      thinker.step(8, 0);
      assertThat(thinker.step(1.0 / 4, 0).moved()).isEqualTo(2); // 4.5 is above 0.5, once.
      assertThat(thinker.candidate().doubles()).containsExactly(-2.625, -5.25);
      assertThat(thinker.step(1, 0).moved()).isZero(); // 3.4 is below 4.5, but not below 0.5.
      assertThat(thinker.evaluationsUsed().orElseThrow().doubles()).containsOnly(3);
    }
  }

  /**
   * Steps of an eighth: energies of 1 are 0.5, 0.383, 0.293, 0.224, …; each fall but the first is
   * below 0.1, but two of them are not.
   */
  @Test
  void patienceAddsUpSmallImprovements() {
    try (Thinker thinker = thinker(new NoImprovement(2, 0.1), 1, 2)) {
      for (int step = 0; step < 4; step++) {
        assertThat(thinker.step(0.25, 0).moved()).as("step %d", step).isEqualTo(2);
      }
    }
  }

  @Test
  void patienceBeginsAgainAfterAnImprovement() {
    try (Thinker thinker = thinker(new NoImprovement(2, 0), 1, 2)) {
      thinker.step(8, 0); // from 1 to −3
      thinker.step(2, 0); // no improvement; to 0
      thinker.step(1, 0); // improved; stays at 0
      assertThat(thinker.step(1, 0).moved()).isEqualTo(2); // no improvement, for the first time
      assertThat(thinker.step(1, 0).moved()).isZero();
    }
  }

  /** A rule of a plugin: the exponential average of the energy's changes is small. */
  private record AverageChange(double bound) implements StoppingRule {
    private static final String AVERAGE = "average";

    @Override
    public List<Slot> slots() {
      return List.of(new Slot(AVERAGE, 1));
    }

    @Override
    public Tensor settled(Inputs step) {
      return Functions.real(average(step).less(Tensor.constant(bound)));
    }

    @Override
    public Map<String, Tensor> nextSlots(Inputs step) {
      return Map.of(AVERAGE, average(step));
    }

    private static Tensor average(Inputs step) {
      Tensor change = Functions.absolute(step.energy().minus(step.previousEnergy()));
      Tensor bounded = Functions.minimum(change, Tensor.constant(1));
      return step.slot(AVERAGE).times(0.5).plus(bounded.times(0.5));
    }
  }

  /** Changes 1 (bounded), 0, 0: averages 1, 0.5, 0.25; of the other 1, 1, 0.6875, 0.4375. */
  @Test
  void rulesOfPluginsKeepAverages() {
    assertEnds(new AverageChange(0.45), new double[] {0, 2}, new double[] {0, 0.25}, 3, 4);
  }

  @Test
  void rulesInAnyKeepTheirStatesApart() {
    StoppingRule rule =
        new AnyRule(
            List.of(
                new NoImprovement(2, 0.1), new NoImprovement(1, 0.01), new AverageChange(1e-9)));
    assertThat(rule.slots())
        .extracting(StoppingRule.Slot::name)
        .containsExactly("0.best", "0.since", "1.best", "1.since", "2.average");
    assertEnds(rule, new double[] {1, 0}, new double[] {0.0625, 0}, 5, 2);
  }

  @Test
  void stateThatIsNotDeclaredIsRefused() {
    StoppingRule rule =
        new StoppingRule() {
          @Override
          public Map<String, Tensor> nextSlots(Inputs step) {
            return Map.of("count", step.none());
          }
        };
    assertThatThrownBy(() -> thinker(rule, 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("nextSlots() of the stopping rule returned [count]; the slots [] expected");
  }

  @Test
  void ruleAndToleranceBothStop() {
    try (Thinker thinker = thinker(new GradientSmall(0.3), 1, 0)) {
      thinker.reach(20, 0.1);
      assertThat(thinker.candidate().doubles()).containsExactly(0.25, 0);
    }
  }

  @Test
  void beginningAnewForgetsWhatStopped() {
    try (Thinker thinker = thinker(new EvaluationBudget(1), 1, 8)) {
      thinker.reach(5, 0);
      thinker.begin(Array.filled(ONE_ROW, 4));
      thinker.reach(5, 0);
      assertThat(thinker.candidate().doubles()).containsOnly(2);
      assertThat(thinker.evaluationsUsed().orElseThrow().doubles()).containsOnly(1);
    }
  }

  @Test
  void evaluationReportsTheMeanOfWhatWasUsed() {
    EvaluationResult result =
        new EvaluationResult(9, 1, 9, 0, Map.of("loss", 1.0, "evaluations", 2.5), Map.of(), 4);
    assertThat(result.evaluationsUsed()).isEqualTo(2.5);
  }

  @Test
  void withoutARuleAllPredictionsTakeAllEvaluations() {
    ThinkingMethod thinking = new ThinkingMethod(1, 0.5, false, null, null, null);
    try (Thinker thinker =
        new Thinker(
            backend,
            new PointModality(Shape.of(2), 1),
            new QuadraticEnergy(1, 1),
            thinking,
            List.of(),
            1)) {
      assertThat(thinker.evaluationsUsed()).isEmpty();
    }
  }

  @Test
  void invalidSettingsAreNamed() {
    assertThatThrownBy(() -> new EnergySettled(0))
        .hasMessage("tolerance is 0.0; a positive number expected");
    assertThatThrownBy(() -> new GradientSmall(Double.NaN)).hasMessageStartingWith("norm is NaN");
    assertThatThrownBy(() -> new PredictionSettled(-1)).hasMessageStartingWith("divergence is -1");
    assertThatThrownBy(() -> new NoImprovement(0, 0)).hasMessage("steps is 0; at least 1 expected");
    assertThatThrownBy(() -> new NoImprovement(1, -0.5))
        .hasMessage("tolerance is -0.5; 0 or more expected");
    assertThatThrownBy(() -> new EvaluationBudget(0))
        .hasMessage("evaluations is 0; at least 1 expected");
  }

  @Nested
  class EnergySettledContract extends StoppingRuleContract {
    @Override
    protected StoppingRule rule() {
      return new EnergySettled(0.01);
    }
  }

  @Nested
  class GradientSmallContract extends StoppingRuleContract {
    @Override
    protected StoppingRule rule() {
      return new GradientSmall(0.1);
    }
  }

  @Nested
  class GradientReducedContract extends StoppingRuleContract {
    @Override
    protected StoppingRule rule() {
      return new GradientReduced(0.1);
    }
  }

  @Nested
  class PatienceContract extends StoppingRuleContract {
    @Override
    protected StoppingRule rule() {
      return new NoImprovement(3, 0.01);
    }
  }

  @Nested
  class AverageContract extends StoppingRuleContract {
    @Override
    protected StoppingRule rule() {
      return new AverageChange(0.01);
    }
  }

  @Nested
  class PredictionSettledContract extends StoppingRuleContract {
    @Override
    protected StoppingRule rule() {
      return new PredictionSettled(0.05);
    }
  }

  @Nested
  class BudgetContract extends StoppingRuleContract {
    @Override
    protected StoppingRule rule() {
      return new EvaluationBudget(4);
    }
  }

  @Nested
  class AnyContract extends StoppingRuleContract {
    @Override
    protected StoppingRule rule() {
      return new AnyRule(
          List.of(new EvaluationBudget(8), new NoImprovement(2, 0.1), new GradientSmall(0.3)));
    }
  }
}
