package dev.ebt.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.energy.EnergyFunction;
import dev.ebt.error.UserException;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.regularize.EnergyAndGradient;
import dev.ebt.regularize.HookContext;
import dev.ebt.regularize.Regularizer;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.CheckedBackend;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import dev.ebt.testing.RegularizedThinking;
import dev.ebt.testing.RegularizerContract;
import dev.ebt.testing.TestArrays;
import dev.ebt.train.TrainingStepper;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpectralStepSizeTest extends RegularizerContract {
  private static final SpectralStepSize DEFAULT = new SpectralStepSize(null, null, null);

  @Override
  protected List<SpectralStepSize> regularizers() {
    return List.of(DEFAULT, new SpectralStepSize(0.3, 1, false));
  }

  /** The step sizes that it makes of α = 100 for E = ½ yᵀ H y, one row each. */
  private static double[] sizes(SpectralStepSize spectral, int rows, double[][] hessian) {
    int width = hessian.length;
    double[] flat = Arrays.stream(hessian).flatMapToDouble(Arrays::stream).toArray();
    Tensor h = Tensor.constant(Array.of(Shape.of(width, width), flat));
    Tensor y = Tensor.input("y", Shape.of(rows, width), ElementType.REAL);
    Tensor energy = y.dot(h).times(y).sum(-1).times(0.5);
    Tensor key = Tensor.input("key", Shape.of(2), ElementType.INTEGER);
    HookContext site = new HookContext(0, energy.shape(), key, 7, new Parameters());
    EnergyAndGradient slope = new EnergyAndGradient(energy, y, Gradients.of(energy, y));
    Tensor size = spectral.stepSize(Tensor.constant(100), slope, site);
    try (Backend backend = new CheckedBackend(new ReferenceBackend());
        Executable executable =
            backend.compile(Program.named("sizes").output("size", size).build())) {
      return executable
          .run(Map.of("key", Array.of(Shape.of(2), 3L, 4L), "y", TestArrays.mixed(1, rows, width)))
          .get("size")
          .doubles();
    }
  }

  @Test
  void boundIsReachedOnTheSteepestDirectionOfAKnownSpectrum() {
    double[][] diagonal = {{1, 0, 0}, {0, 8, 0}, {0, 0, 2}};
    assertThat(Arrays.stream(sizes(new SpectralStepSize(1.5, 60, null), 20, diagonal)))
        .hasSize(20)
        .allMatch(a -> Math.abs(a - 1.5 / 8) < 1e-12);
    double[][] turned = {{5, 3}, {3, 5}}; // Eigenvalues 8 and 2.
    assertThat(Arrays.stream(sizes(new SpectralStepSize(1.0, 60, null), 20, turned)))
        .allMatch(a -> Math.abs(a - 1.0 / 8) < 1e-12);
  }

  @Test
  void fewIterationsFindLessCurvatureThanThereIsAndMoreFindMore() {
    double[][] diagonal = {{1, 0, 0}, {0, 8, 0}, {0, 0, 2}};
    double before = Double.POSITIVE_INFINITY;
    for (int iterations : new int[] {1, 2, 3, 6}) {
      double[] sizes = sizes(new SpectralStepSize(1.0, iterations, null), 200, diagonal);
      double mean = Arrays.stream(sizes).average().orElseThrow();
      assertThat(Arrays.stream(sizes)).allMatch(a -> a >= 1.0 / 8 - 1e-12);
      assertThat(mean).isLessThan(before);
      before = mean;
    }
    assertThat(before).isCloseTo(1.0 / 8, within(0.01));
  }

  @Test
  void curvatureDownwardsBoundsAsMuchAndNoneNotAtAll() {
    double[][] saddle = {{-8, 0}, {0, 1}};
    assertThat(sizes(new SpectralStepSize(1.0, 60, null), 1, saddle)[0])
        .isCloseTo(1.0 / 8, within(1e-12));
    double[][] flat = {{0, 0}, {0, 0}};
    assertThat(sizes(DEFAULT, 2, flat)).containsOnly(100);
    double[][] gentle = {{0.001, 0}, {0, 0.002}};
    assertThat(sizes(DEFAULT, 2, gentle)).containsOnly(100);
  }

  /** A step of α = 5 on ½·0.8 y², which alone would run away. */
  private static RegularizedThinking thinking(Regularizer... regularizers) {
    return new RegularizedThinking(Shape.of(50), 2, 0.8, 5, List.of(regularizers));
  }

  private static double[] sizes(Regularizer... regularizers) {
    Array start = Array.filled(thinking().candidates(1), 1);
    Map<String, Array> found = thinking(regularizers).learning(start, List.of(0), 3);
    return Arrays.stream(found.get("candidate.0").doubles()).map(y -> (1 - y) / 0.8f).toArray();
  }

  @Test
  void everyStepOfAThinkingIsBounded() {
    Array start = Array.filled(thinking().candidates(1), 1);
    SpectralStepSize half = new SpectralStepSize(0.5, 1, null);
    Map<String, Array> found = thinking(half).learning(start, List.of(0, 1, 1), 3);
    for (int step = 0; step < 3; step++) {
      double expected = Math.pow(0.5, step + 1);
      assertThat(Arrays.stream(found.get("candidate." + step).doubles()))
          .allMatch(y -> Math.abs(y - expected) < 1e-12);
    }
  }

  @Test
  void curvatureIsAConstantToDerivatives() {
    Array start = Array.filled(thinking().candidates(1), 1);
    SpectralStepSize half = new SpectralStepSize(0.5, 2, null);
    Map<String, Array> found = thinking(half).learning(start, List.of(0), 3);
    // y₁ = y − α′ k y with α′ = ½/k held fixed; the loss is y₁², 100 times.
    assertThat(found.get("derivative.curvature").item())
        .isCloseTo(100 * 2 * 0.5 * -(0.5 / 0.8f), within(1e-9));
    assertThat(found.get("derivative.alpha").item()).as("the bound holds").isZero();
    assertThat(Arrays.stream(found.get("derivative").doubles()))
        .allMatch(d -> Math.abs(d - 2 * 0.5 * 0.5) < 1e-12);
  }

  @Test
  void composesWithRandomStepSizesInTheOrderGiven() {
    RandomStepSize random = new RandomStepSize(4.0); // 1.25 to 20
    SpectralStepSize bound = new SpectralStepSize(4.0, 1, null); // 4 / 0.8 = 5
    double[] bounded = sizes(random, bound);
    assertThat(Arrays.stream(bounded)).allMatch(a -> a > 1.25 && a < 5 + 1e-6);
    assertThat(Arrays.stream(bounded).filter(a -> a > 5 - 1e-6).count()).isBetween(60L, 99L);
    double[] drawn = sizes(new SpectralStepSize(0.4, 1, null), random); // 0.4 / 0.8 = 0.5
    assertThat(Arrays.stream(drawn)).allMatch(a -> a > 0.125 && a < 2);
    assertThat(Arrays.stream(drawn)).anyMatch(a -> a > 0.6);
    for (int i = 0; i < drawn.length; i += 2) {
      assertThat(drawn[i + 1]).as("one for a prediction").isCloseTo(drawn[i], within(1e-9));
    }
  }

  @Test
  void randomSizesAfterItAreTheSameInAllSteps() {
    Array start = Array.filled(thinking().candidates(1), 1);
    Regularizer[] order = {new SpectralStepSize(0.4, 1, null), new RandomStepSize(2.0)};
    Map<String, Array> found = thinking(order).learning(start, List.of(0, 0), 3);
    double[] first = found.get("candidate.0").doubles();
    double[] squares = Arrays.stream(first).map(y -> y * y).toArray();
    assertThat(found.get("candidate.1").doubles()).containsExactly(squares, within(1e-12));
  }

  @Test
  void boundsTheClampSees() {
    double[] sizes = sizes(new SpectralStepSize(0.5, 1, null), new GradientClamp(0.1));
    assertThat(Arrays.stream(sizes)).allMatch(a -> Math.abs(a * 0.8f - 0.1) < 1e-9);
  }

  @Test
  void holdsInEvaluationUnlessUnwanted() {
    Array start = Array.filled(thinking().candidates(2), 1);
    SpectralStepSize half = new SpectralStepSize(0.5, 1, null);
    assertThat(Arrays.stream(thinking(half).evaluating(start, 2).doubles()))
        .allMatch(y -> Math.abs(y - 0.25) < 1e-12);
    assertThat(thinking(new SpectralStepSize(0.5, 1, false)).evaluating(start, 2))
        .isEqualTo(thinking().evaluating(start, 2));
  }

  /** Points with the model input p = 2y. */
  private record Doubled(PointModality points) implements Modality {
    @Override
    public Tensor toModelInput(Tensor candidate) {
      return candidate.times(2);
    }

    @Override
    public List<FeatureSpec> context() {
      return points.context();
    }

    @Override
    public FeatureSpec target() {
      return points.target();
    }

    @Override
    public Shape predictions() {
      return points.predictions();
    }

    @Override
    public Shape candidate() {
      return points.candidate();
    }

    @Override
    public Tensor initialCandidate(NamedTensors context, Tensor key, Shape shape) {
      return points.initialCandidate(context, key, shape);
    }

    @Override
    public Tensor embedContext(NamedTensors context, int width, Parameters parameters) {
      return points.embedContext(context, width, parameters);
    }

    @Override
    public Tensor embedCandidate(Tensor modelInput, int width, Parameters parameters) {
      return points.embedCandidate(modelInput, width, parameters);
    }

    @Override
    public Tensor loss(Tensor candidate, Tensor target) {
      return points.loss(candidate, target);
    }

    @Override
    public String describe(Map<String, Array> context, Array values) {
      return points.describe(context, values);
    }
  }

  /** E = ½|p|² with p = 2y is curved by 1 along p and by 4 along y. */
  @Test
  void curvatureIsOfWhatTheGradientIsTakenOf() {
    assertThat(from1(ThinkingMethod.UpdateRule.MODEL_INPUT))
        .as("p − 1/1 · p")
        .isCloseTo(0, within(1e-12));
    assertThat(from1(ThinkingMethod.UpdateRule.CANDIDATE))
        .as("y − 1/4 · 4y")
        .isCloseTo(0, within(1e-12));
    assertThat(from1(ThinkingMethod.UpdateRule.MIRROR))
        .as("y − 1/1 · 2y")
        .isCloseTo(-1, within(1e-12));
  }

  private static double from1(ThinkingMethod.UpdateRule move) {
    Parameters parameters = new Parameters();
    Modality modality = new Doubled(new PointModality(Shape.scalar(), 2));
    EnergyFunction energy = new EnergyFunction(modality, new QuadraticEnergy(2, 1), parameters);
    ThinkingMethod thinking = new ThinkingMethod(1, 100.0, false, null, null, move);
    ThinkingStep step = new ThinkingStep(energy, thinking, List.of(DEFAULT));
    Tensor start = Tensor.input("start", Shape.of(1, 2), ElementType.REAL);
    Tensor key = Tensor.input("key", Shape.of(2), ElementType.INTEGER);
    Tensor landscape = Tensor.constant(Array.scalar(0L));
    NamedTensors observed =
        energy.observe(
            NamedTensors.of(PointModality.CENTRE, Tensor.zeros(start.shape())), landscape);
    Tensor moved =
        step.take(observed, step.begin(start), landscape, step.stepSizes(Shape.of(1), key), 0, key)
            .candidate();
    try (Backend backend = new CheckedBackend(new ReferenceBackend());
        Executable executable =
            backend.compile(Program.named("step").output("moved", moved).build())) {
      TrainingStepper.initialize(backend, parameters.specs(), 0);
      return executable
          .run(
              Map.of("start", Array.filled(start.shape(), 1), "key", Array.of(Shape.of(2), 1L, 2L)))
          .get("moved")
          .real(0);
    }
  }

  @Test
  void refusesBadSettings() {
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new SpectralStepSize(bad, null, null))
          .isInstanceOf(UserException.class)
          .hasMessage("bound is " + bad + "; a finite number above 0 expected");
    }
    assertThatThrownBy(() -> new SpectralStepSize(null, 0, null))
        .hasMessage("iterations is 0; a number from 1 to 100 expected");
  }
}
