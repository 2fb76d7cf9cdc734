package dev.ebt.train.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.error.UserException;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.objective.Objective;
import dev.ebt.objective.Objective.ObjectiveInputs;
import dev.ebt.sample.LangevinDynamics;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Objectives of densities on E = ½k|y|² and normal data, where the right k is known: the gradient
 * of the loss for k vanishes there.
 */
class DensityObjectivesTest {
  private static final int ROWS = 6000;
  private static final int WIDTH = 2;
  private static final Shape POINTS = Shape.of(ROWS, WIDTH);

  /** The k of normal data whose E is normalized in the plane, 2π/k = 1. */
  private static final double NORMALIZED = 2 * Math.PI;

  private static final double STEP = 0.05;

  /** The objective that docs/plugins.md shows. */
  record Answers(Integer steps) implements DensityObjective {
    Answers {
      steps = DensityObjective.checkedSteps(steps);
    }

    @Override
    public boolean startsFromData() {
      return true;
    }

    @Override
    public ObjectiveOutput output(ObjectiveInputs inputs) {
      DensityProblem problem = new DensityProblem(inputs, "answers").withoutThinking("answers");
      Tensor right = problem.energy(inputs.target());
      Tensor worse = problem.energy(inputs.initialCandidate());
      return new ObjectiveOutput(DensityProblem.softplus(right.minus(worse)), Map.of(), List.of());
    }
  }

  @Test
  void denoisingScoreMatchingLearnsTheDensityOfNoisyData() {
    double spread = 0.8;
    double noise = 0.5;
    Objective objective = new DenoisingScoreMatching(noise, null);
    for (double k : new double[] {0.5, 1 / (spread * spread + noise * noise), 2}) {
      double expected = 2 * noise * noise * (k * (spread * spread + noise * noise) - 1);
      assertThat(slope(objective, k, spread)).as("k = %s", k).isCloseTo(expected, within(0.05));
    }
  }

  @Test
  void slicedScoreMatchingLearnsTheDensityOfTheData() {
    double spread = 0.8;
    for (double k : new double[] {0.5, 1 / (spread * spread), 2}) {
      double expected = WIDTH * (k * spread * spread - 1);
      assertThat(slope(new SlicedScoreMatching(null), k, spread))
          .as("k = %s", k)
          .isCloseTo(expected, within(0.1));
    }
  }

  @Test
  void noiseContrastiveEstimationLearnsTheNormalizedDensity() {
    Objective objective = new NoiseContrastiveEstimation(4, -2.0, 2.0, null);
    double spread = 1 / Math.sqrt(NORMALIZED);
    assertThat(slope(objective, NORMALIZED, spread)).isCloseTo(0, within(0.005));
    assertThat(slope(objective, 0.7 * NORMALIZED, spread)).isLessThan(-0.01);
    assertThat(slope(objective, 1.4 * NORMALIZED, spread)).isGreaterThan(0.01);
  }

  @Test
  void infoNceLearnsTheDensityUpToAFactor() {
    Objective objective = new InfoNce(8, NegativeSource.UNIFORM, null, -4.0, 4.0, null, null);
    assertThat(slope(objective, 2, Math.sqrt(0.5))).isCloseTo(0, within(0.01));
    assertThat(slope(objective, 1, Math.sqrt(0.5))).isLessThan(-0.05);
    assertThat(slope(objective, 4, Math.sqrt(0.5))).isGreaterThan(0.02);
  }

  /** With uniform negatives pairs have the minimum of a choice among one. */
  @Test
  void rankingLearnsTheDensityUpToAFactor() {
    Objective objective = new Ranking(8, NegativeSource.UNIFORM, null, -4.0, 4.0, null, null);
    assertThat(slope(objective, 2, Math.sqrt(0.5))).isCloseTo(0, within(0.01));
    assertThat(slope(objective, 1, Math.sqrt(0.5))).isLessThan(-0.02);
    assertThat(slope(objective, 4, Math.sqrt(0.5))).isGreaterThan(0.01);
  }

  /** Ranks the standard normal initial candidates of the test below the data. */
  @Test
  void rankingOfGivenAnswersIsTheirBradleyTerryLoss() {
    Objective objective = new Ranking(null, NegativeSource.GIVEN, null, null, null, null, null);
    assertThat(objective.startsFromData()).isTrue();
    double[] right = normal(1, 0.5);
    double[] worse = normal(2, 1);
    double expected = 0;
    for (int row = 0; row < ROWS; row++) {
      double gap = 0;
      for (int k = 0; k < WIDTH; k++) {
        int at = row * WIDTH + k;
        gap += 1.5 / 2 * (worse[at] * worse[at] - right[at] * right[at]);
      }
      expected += Math.log1p(Math.exp(-gap)) / ROWS;
    }
    assertThat(values(objective, 1.5, 0.5)[0]).isCloseTo(expected, within(1e-9));
    assertThat(values(new Answers(null), 1.5, 0.5)[0]).isCloseTo(expected, within(1e-9));
  }

  @Test
  void negativesThatCannotBeAreRefused() {
    assertThatThrownBy(() -> new Ranking(4, null, 5, null, null, null, null))
        .hasMessage("hardest is 5; at most negatives (4) expected");
    assertThatThrownBy(() -> new Ranking(4, NegativeSource.GIVEN, null, null, null, null, null))
        .hasMessage("negatives is 4; with source: given, 1, that of the data, expected");
    assertThatThrownBy(() -> new InfoNce(null, NegativeSource.GIVEN, null, null, 2.0, null, null))
        .hasMessage(
            "high is 2.0, but with source: given negatives are those of the data, so that it has no"
                + " effect; leave it out");
    assertThatThrownBy(() -> new Ranking(null, NegativeSource.GIVEN, null, null, null, 4, null))
        .hasMessageStartingWith("chainSteps is 4, but with source: given");
    assertThatThrownBy(() -> new Ranking(null, null, null, null, null, 4, null))
        .hasMessage(
            "chainSteps is 4, but with source: uniform negatives are drawn and take no steps, so"
                + " that it has no effect; leave it out");
    assertThatThrownBy(() -> new InfoNce(null, NegativeSource.DATA, null, -3.0, null, null, null))
        .hasMessage(
            "low is -3.0, but with source: data negatives are the targets of other rows, so that it"
                + " has no effect; leave it out");
  }

  @Test
  void settingsOfNegativesHaveDefaultsWhereTheyHaveAnEffect() {
    InfoNce data = new InfoNce(null, NegativeSource.DATA, null, null, null, null, null);
    Ranking uniform = new Ranking(null, null, null, null, null, null, null);
    InfoNce langevin = new InfoNce(null, NegativeSource.LANGEVIN, null, null, null, null, null);

    assertThat(Arrays.asList(data.low(), data.high(), data.chainSteps())).containsOnlyNulls();
    assertThat(Arrays.asList(uniform.low(), uniform.high(), uniform.chainSteps()))
        .containsExactly(-4.0, 4.0, null);
    assertThat(Arrays.asList(langevin.low(), langevin.high(), langevin.chainSteps()))
        .containsExactly(-4.0, 4.0, 4);
  }

  /** The samples of k steps from the data are the data where the model is right. */
  @Test
  void contrastiveDivergenceIsAtRestAtTheDensityOfTheData() {
    Objective objective = new ContrastiveDivergence(5, null, null, null);
    assertThat(slope(objective, 2, Math.sqrt(0.5))).isCloseTo(0, within(0.05));
    assertThat(slope(objective, 1, Math.sqrt(0.5))).isLessThan(-0.1);
    assertThat(slope(objective, 4, Math.sqrt(0.5))).isGreaterThan(0.1);
  }

  /** From noise the closed form is that of the variance after k steps of an autoregression. */
  @Test
  void chainsFromNoiseTakeTheirSteps() {
    Objective objective =
        new ContrastiveDivergence(3, ContrastiveDivergence.Start.NOISE, null, null);
    double factor = 1 - STEP * 2;
    double variance = Math.pow(factor, 6);
    for (int i = 0; i < 3; i++) {
      variance += 2 * STEP * Math.pow(factor, 2 * i);
    }
    double expected = 0.5 * WIDTH * (0.25 - variance);
    assertThat(slope(objective, 2, 0.5)).isCloseTo(expected, within(0.06));
  }

  @Test
  void chainsOfNegativesAreMeasured() {
    for (Objective objective :
        List.of(
            new InfoNce(4, NegativeSource.LANGEVIN, null, null, null, 3, null),
            new Ranking(4, NegativeSource.LANGEVIN, 2, null, null, 3, null))) {
      assertThat(metric(objective, ChainMetrics.MOVED, 2)).as("%s", objective).isEqualTo(1);
      assertThat(metric(objective, ChainMetrics.LOST, 2)).as("%s", objective).isZero();
      // A step multiplies y by 1 - 0.05 k, three of them by 10^12.
      assertThat(metric(objective, ChainMetrics.LOST, 200_020)).as("%s", objective).isEqualTo(1);
    }
    Objective uniform = new InfoNce(4, NegativeSource.UNIFORM, null, null, null, null, null);
    assertThat(uniform.output(inputs(uniform, 2, new Parameters())).metrics())
        .doesNotContainKey(ChainMetrics.MOVED);
  }

  @Test
  void aChainIsLostByOneElement() {
    Tensor ended =
        Tensor.constant(Array.of(Shape.of(4, 2), 8e5, 8e5, 1e6, 0.0, Double.NaN, 0.0, 0.0, -2e6));
    Program program =
        Program.named("lost")
            .output("lost", ChainMetrics.of(ended, ended, 1).get(ChainMetrics.LOST))
            .build();
    try (ReferenceBackend backend = new ReferenceBackend();
        Executable executable = backend.compile(program)) {
      assertThat(executable.run(Map.of()).get("lost").doubles()).containsExactly(0, 1, 1, 1);
    }
  }

  @Test
  void gradientsAgreeWithDifferences() {
    for (Objective objective :
        List.of(
            new DenoisingScoreMatching(0.5, null),
            new SlicedScoreMatching(null),
            new NoiseContrastiveEstimation(3, -3.0, 3.0, null),
            new InfoNce(3, null, null, -3.0, 3.0, null, null),
            new InfoNce(5, null, 2, -3.0, 3.0, null, null),
            new Ranking(3, null, 2, -3.0, 3.0, null, null))) {
      double h = 1e-3;
      double difference =
          (values(objective, 1.5 + h, 0.7)[0] - values(objective, 1.5 - h, 0.7)[0]) / (2 * h);
      assertThat(values(objective, 1.5, 0.7)[1])
          .as("%s", objective)
          .isCloseTo(difference, within(1e-5));
    }
  }

  @Test
  void settingsWithoutAMeaningAreRefused() {
    assertThatThrownBy(() -> new NoiseContrastiveEstimation(0, null, null, null))
        .isInstanceOf(UserException.class)
        .hasMessage("negatives is 0; at least 1 expected");
    assertThatThrownBy(() -> new NoiseContrastiveEstimation(null, 2.0, 1.0, null))
        .hasMessage("high is 1.0; more than low (2.0) expected");
    assertThatThrownBy(() -> new ContrastiveDivergence(0, null, null, null))
        .hasMessage("chainSteps is 0; at least 1 expected");
    assertThatThrownBy(() -> new DenoisingScoreMatching(0.0, null))
        .hasMessage("noise is 0.0; a positive number expected");
  }

  private double slope(Objective objective, double k, double spread) {
    return values(objective, k, spread)[1];
  }

  /** Returns the mean loss and its derivative for k, with normal data of a deviation. */
  private double[] values(Objective objective, double k, double spread) {
    Parameters parameters = new Parameters();
    Tensor loss = objective.output(inputs(objective, k, parameters)).loss().mean();
    Tensor slope = Gradients.of(loss, parameters.tensors().get("curvature"));
    Program program = Program.named("loss").output("loss", loss).output("slope", slope).build();
    Map<String, Array> found = run(program, parameters, k, spread);
    return new double[] {found.get("loss").item(), found.get("slope").item()};
  }

  private double metric(Objective objective, String name, double k) {
    Parameters parameters = new Parameters();
    Map<String, Tensor> metrics = objective.output(inputs(objective, k, parameters)).metrics();
    assertThat(metrics).containsKey(name);
    Tensor metric = metrics.get(name);
    assertThat(metric.shape()).isEqualTo(Shape.of(ROWS));
    Program program = Program.named("metric").output("mean", metric.mean()).build();
    return run(program, parameters, k, 1).get("mean").item();
  }

  private static ObjectiveInputs inputs(Objective objective, double k, Parameters parameters) {
    ThinkingMethod thinking =
        new ThinkingMethod(
            ThinkingHyperparameters.builder().landscapes(1).stepSize(STEP).build(),
            new LangevinDynamics(null, null, null));
    Tensor target = Tensor.input("target", POINTS, ElementType.REAL);
    Tensor noise = Tensor.input("noise", POINTS, ElementType.REAL);
    return new ObjectiveInputs(
        new PointModality(Shape.scalar(), WIDTH),
        new QuadraticEnergy(WIDTH, k),
        thinking,
        List.of(),
        objective.stepPlan(thinking),
        NamedTensors.of(PointModality.CENTRE, Tensor.zeros(POINTS)),
        objective.startsAtTargets() ? target : noise,
        target,
        Tensor.constant(Array.of(Shape.of(2), 5L, 6L)),
        parameters);
  }

  private Map<String, Array> run(Program program, Parameters parameters, double k, double spread) {
    try (ReferenceBackend backend = new ReferenceBackend();
        Executable executable = backend.compile(program)) {
      for (ParameterSpec spec : parameters.specs()) {
        backend.assign(spec.variable(), Array.scalar(spec.name().equals("curvature") ? k : STEP));
      }
      Map<String, Array> given =
          Map.of(
              "target", Array.of(POINTS, normal(1, spread)),
              "noise", Array.of(POINTS, normal(2, 1)));
      return executable.run(retained(given, program));
    }
  }

  private static Map<String, Array> retained(Map<String, Array> given, Program program) {
    Map<String, Array> used = new HashMap<>(given);
    used.keySet().retainAll(program.inputs().keySet());
    return used;
  }

  private static double[] normal(long seed, double deviation) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[POINTS.elements()];
    Arrays.setAll(values, i -> deviation * random.nextGaussian());
    return values;
  }
}
