package dev.ebt.think;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.energy.EnergyModel;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingMethod.UpdateRule;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.CellsModality;
import dev.ebt.testing.CheckedBackend;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import dev.ebt.testing.TestArrays;
import dev.ebt.testing.TwoValleys;
import dev.ebt.train.TrainingStepper;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopCurvatureTest {
  private static final double ALPHA = 0.25;

  private final CheckedBackend backend = new CheckedBackend(new ReferenceBackend());

  @AfterEach
  void close() {
    backend.close();
  }

  /** E = ½ (y − c)ᵀ H (y − c) with a given H. */
  private record Bowl(double[][] hessian) implements EnergyModel {
    @Override
    public int width() {
      return hessian.length;
    }

    @Override
    public NamedTensors observe(Tensor context, Tensor landscape, Parameters parameters) {
      return NamedTensors.of(PointModality.CENTRE, context);
    }

    @Override
    public Tensor energy(
        NamedTensors observed, Tensor candidate, Tensor landscape, Parameters parameters) {
      double[] flat = Arrays.stream(hessian).flatMapToDouble(Arrays::stream).toArray();
      Tensor h = Tensor.constant(Array.of(Shape.of(width(), width()), flat));
      Tensor distance = candidate.minus(observed.get(PointModality.CENTRE));
      return distance.dot(h).times(distance).sum(-1).times(0.5);
    }

    @Override
    public String description() {
      return "bowl";
    }
  }

  /** A smooth energy without symmetry: squares and tanh of the embedded candidate. */
  private record Hilly(int width) implements EnergyModel {
    @Override
    public NamedTensors observe(Tensor context, Tensor landscape, Parameters parameters) {
      return NamedTensors.of(PointModality.CENTRE, context);
    }

    @Override
    public Tensor energy(
        NamedTensors observed, Tensor candidate, Tensor landscape, Parameters parameters) {
      Tensor seen = candidate.plus(observed.get(PointModality.CENTRE)).times(2);
      return Functions.tanh(seen).plus(candidate.square()).sum(-1, -2);
    }

    @Override
    public String description() {
      return "hilly";
    }
  }

  private Thinker thinker(Modality modality, EnergyModel model, UpdateRule rule, int rows) {
    ThinkingMethod thinking =
        ThinkingMethod.of(
            ThinkingHyperparameters.builder()
                .landscapes(1)
                .stepSize(ALPHA)
                .updateRule(rule)
                .build());
    TrainingStepper.initialize(
        backend, ThinkingParameterSpecs.of(modality, model, thinking, List.of()), 3);
    return new Thinker(backend, modality, model, thinking, List.of(), rows);
  }

  private static Map<String, Array> centre(Array like) {
    return Map.of(PointModality.CENTRE, Array.filled(like.shape(), 0));
  }

  private TopCurvature of(EnergyModel model, Array candidates, int iterations) {
    int width = candidates.shape().size(candidates.shape().rank() - 1);
    PointModality points = new PointModality(Shape.scalar(), width);
    int rows = candidates.shape().size(0);
    try (Thinker thinker = thinker(points, model, UpdateRule.CANDIDATE, rows)) {
      thinker.observe(centre(candidates));
      thinker.begin(candidates);
      TopCurvature found = thinker.curvature().largest(UpdateRule.CANDIDATE, 2, iterations);
      Array directions = found.directions().get();
      assertThat(thinker.candidate()).as("candidates stay").isEqualTo(candidates);
      return new TopCurvature(found.eigenvalues(), found.stepSizes(), () -> directions);
    }
  }

  @Test
  void aQuadraticHasItsKnownEigenvalueAndEigenvector() {
    double[][] turned = {{5, 3}, {3, 5}}; // 8 along (1, 1), 2 along (1, −1).
    TopCurvature found = of(new Bowl(turned), TestArrays.mixed(1, 3, 2), 40);
    assertThat(found.eigenvalues().doubles()).containsExactly(new double[] {8, 8, 8}, within(1e-9));
    assertThat(found.stepSizes().doubles()).containsExactly(0.5, 0.5, 0.5);
    assertThat(found.stability().doubles()).containsExactly(new double[] {4, 4, 4}, within(1e-9));
    double[] w = found.directions().get().doubles();
    for (int row = 0; row < 3; row++) {
      assertThat(Math.abs(w[2 * row])).isCloseTo(Math.sqrt(0.5), within(1e-9));
      assertThat(w[2 * row]).isCloseTo(w[2 * row + 1], within(1e-9));
    }
  }

  @Test
  void theLargestIsNotTheOneOfTheLargestMagnitude() {
    double[][] saddle = {{-8, 0, 0}, {0, 3, 0}, {0, 0, 1}};
    assertThat(of(new Bowl(saddle), TestArrays.mixed(1, 2, 3), 200).eigenvalues().doubles())
        .containsExactly(new double[] {3, 3}, within(1e-9));
    double[][] hill = {{-8, 0}, {0, -2}};
    assertThat(of(new Bowl(hill), TestArrays.mixed(1, 1, 2), 200).eigenvalues().real(0))
        .isCloseTo(-2, within(1e-9));
    assertThat(of(new QuadraticEnergy(2, 0), TestArrays.mixed(1, 1, 2), 5).eigenvalues().real(0))
        .as("flat")
        .isZero();
  }

  @Test
  void theLargestIsFoundWhereTheSmallestIsAsLarge() {
    double[][] saddle = {{0, 1}, {1, 0}}; // 1 along (1, 1), −1 along (1, −1).
    TopCurvature found = of(new Bowl(saddle), TestArrays.mixed(1, 3, 2), 200);
    assertThat(found.eigenvalues().doubles()).containsExactly(new double[] {1, 1, 1}, within(1e-9));
    double[] w = found.directions().get().doubles();
    assertThat(w[0]).isCloseTo(w[1], within(1e-9));
  }

  private ExtremeCurvature extremes(EnergyModel model, Array candidates) {
    int width = candidates.shape().size(1);
    PointModality points = new PointModality(Shape.scalar(), width);
    int rows = candidates.shape().size(0);
    try (Thinker thinker = thinker(points, model, UpdateRule.MODEL_INPUT, rows)) {
      thinker.observe(centre(candidates));
      thinker.begin(candidates);
      return thinker.curvature().extremes(200);
    }
  }

  private void assertExtremes(double smallest, double largest, double[][] hessian) {
    ExtremeCurvature found = extremes(new Bowl(hessian), TestArrays.mixed(1, 2, 2));
    assertThat(found.smallest().doubles())
        .containsExactly(new double[] {smallest, smallest}, within(1e-9));
    assertThat(found.largest().doubles())
        .containsExactly(new double[] {largest, largest}, within(1e-9));
  }

  @Test
  void theExtremesAreTheSmallestAndTheLargestEigenvalueOfEitherSign() {
    assertExtremes(2, 8, new double[][] {{5, 3}, {3, 5}});
    assertExtremes(-8, 3, new double[][] {{-8, 0}, {0, 3}});
    assertExtremes(-8, -2, new double[][] {{-8, 0}, {0, -2}});
    assertExtremes(-1, 1, new double[][] {{0, 1}, {1, 0}});
    ExtremeCurvature flat = extremes(new QuadraticEnergy(2, 0), TestArrays.mixed(1, 2, 2));
    assertThat(flat.smallest().doubles()).as("flat").containsExactly(0, 0);
    assertThat(flat.largest().doubles()).as("flat").containsExactly(0, 0);
    assertThat(
            extremes(new TwoValleys(), Array.of(Shape.of(3, 1), 0.0, 1.0, 2.0))
                .smallest()
                .doubles())
        .containsExactly(new double[] {-4, 8, 44}, within(1e-9));
  }

  @Test
  void predictionsHaveTheirOwnCurvature() {
    // E″ = 12y² − 4.
    Array candidates = Array.of(Shape.of(3, 1), 0.0, 1.0, 2.0);
    assertThat(of(new TwoValleys(), candidates, 3).eigenvalues().doubles())
        .containsExactly(new double[] {-4, 8, 44}, within(1e-9));
  }

  @Test
  void aMinimumIsReachedInOneStepAtStabilityOneAndLeftAboveTwo() {
    for (double k : new double[] {1 / ALPHA, 2.2 / ALPHA}) {
      PointModality points = new PointModality(Shape.scalar(), 2);
      try (Thinker thinker =
          thinker(points, new QuadraticEnergy(2, k), UpdateRule.MODEL_INPUT, 1)) {
        Array start = Array.filled(Shape.of(1, 2), 1);
        thinker.observe(centre(start));
        thinker.begin(start);
        double stability =
            thinker.curvature().ofSteps(UpdateRule.MODEL_INPUT, 1, 3).stability().real(0);
        assertThat(stability).isCloseTo(k * ALPHA, within(1e-6));
        thinker.step();
        double distance = Math.abs(thinker.candidate().real(0));
        assertThat(distance).isCloseTo(Math.abs(1 - stability), within(1e-6));
      }
    }
  }

  /**
   * The derivative of a whole step by finite differences is I − αM; its largest eigenvalue is found
   * without the programs under test. A given cell does not take part. Steps of {@code MODEL_INPUT}
   * are damped by the softmax: of the small ones nothing is left but 1/α.
   */
  @ParameterizedTest
  @CsvSource({"CANDIDATE, 1", "MIRROR, 1", "MODEL_INPUT, 1", "MODEL_INPUT, 20"})
  void isThatOfTheStepsThatThinkingTakes(UpdateRule rule, double scale) {
    CellsModality cells = new CellsModality(2, 3);
    try (Thinker thinker = thinker(cells, new Hilly(4), rule, 1)) {
      thinker.observe(Map.of(CellsModality.GIVEN, Array.of(Shape.of(1, 2), 0L, 2L)));
      Array start = Array.of(Shape.of(1, 2, 3), 0.3, -0.2, 0.4, -6, 6, -6);
      double[][] m = new double[3][3];
      double h = 1e-4;
      for (int column = 0; column < 3; column++) {
        double[] up = stepped(thinker, start, column, h, scale);
        double[] down = stepped(thinker, start, column, -h, scale);
        for (int row = 0; row < 3; row++) {
          double slope = (up[row] - down[row]) / (2 * h);
          m[row][column] = ((row == column ? 1 : 0) - slope) / (ALPHA * scale);
        }
      }
      thinker.begin(start);
      TopCurvature found = thinker.curvature().ofSteps(rule, scale, 300);
      double eigenvalue = found.eigenvalues().real(0);
      assertThat(eigenvalue).isCloseTo(largest(m), within(1e-5));
      double[] w = found.directions().get().doubles();
      for (int row = 0; row < 3; row++) {
        double product = m[row][0] * w[0] + m[row][1] * w[1] + m[row][2] * w[2];
        assertThat(product).isCloseTo(eigenvalue * w[row], within(1e-4));
        assertThat(w[3 + row]).as("given").isZero();
      }
      if (rule == UpdateRule.MODEL_INPUT) {
        double gradient = thinker.curvature().largest(rule, scale, 300).stability().real(0);
        assertThat(found.stability().real(0)).isNotCloseTo(gradient, within(0.1));
      }
    }
  }

  private static double[] stepped(
      Thinker thinker, Array start, int element, double by, double scale) {
    double[] moved = start.doubles().clone();
    moved[element] += by;
    thinker.begin(Array.of(start.shape(), moved));
    thinker.step(scale, 0);
    return thinker.candidate().doubles();
  }

  /** Returns the largest eigenvalue of a matrix with real ones, by many shifted products. */
  private static double largest(double[][] m) {
    double shift = 100;
    double[] w = {1, 0.3, -0.7};
    double length = 0;
    for (int i = 0; i < 20_000; i++) {
      double[] next = new double[3];
      for (int row = 0; row < 3; row++) {
        next[row] = shift * w[row] + m[row][0] * w[0] + m[row][1] * w[1] + m[row][2] * w[2];
      }
      length = Math.sqrt(Arrays.stream(next).map(x -> x * x).sum());
      for (int row = 0; row < 3; row++) {
        w[row] = next[row] / length;
      }
    }
    return length - shift;
  }

  @Test
  void refusesNoIterations() {
    PointModality points = new PointModality(Shape.scalar(), 1);
    try (Thinker thinker = thinker(points, new TwoValleys(), UpdateRule.CANDIDATE, 1)) {
      assertThatThrownBy(() -> thinker.curvature().largest(UpdateRule.CANDIDATE, 1, 0))
          .hasMessage("iterations are 0; at least 1 expected");
    }
  }
}
