package dev.ebt.think;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.predict.TargetEnergies;
import dev.ebt.predict.ThinkingEffect;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.CheckedBackend;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import dev.ebt.train.TrainingStepper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentMatchers;
import org.mockito.Mockito;

/** In valleys E = ½(y − c)², in which a step of size ½ halves the distance from the centre. */
class ThinkingDiagnosticsTest {
  private static final ThinkingMethod THINKING =
      new ThinkingMethod(1, 0.5, false, null, null, null);
  private static final long SEED = 7;

  private final CheckedBackend backend = new CheckedBackend(new ReferenceBackend());
  private final PointModality modality = new PointModality(Shape.of(), 1);
  private final QuadraticEnergy energy = new QuadraticEnergy(1, 1);

  /** One prediction per row. */
  private record Points(double[] centres, double[] targets, float[] weights) implements Examples {
    @Override
    public int size() {
      return centres.length;
    }

    @Override
    public Batch batch(int... rows) {
      double[] centre = new double[rows.length];
      double[] target = new double[rows.length];
      float[] weight = new float[rows.length];
      for (int i = 0; i < rows.length; i++) {
        centre[i] = centres[rows[i]];
        target[i] = targets[rows[i]];
        weight[i] = weights[rows[i]];
      }
      Shape shape = Shape.of(rows.length, 1);
      return new Batch(
          Map.of(PointModality.CENTRE, Array.of(shape, centre)),
          Array.of(shape, target),
          Array.of(Shape.of(rows.length), weight));
    }
  }

  private static Points points(double[] centres, double... targets) {
    float[] weights = new float[centres.length];
    Arrays.fill(weights, 1);
    return new Points(centres, targets, weights);
  }

  @BeforeEach
  void initialize() {
    Parameters parameters = new Parameters();
    ThinkingStep.stepSize(THINKING, parameters);
    parameters.weight("curvature", Shape.scalar(), Initializer.constant(1));
    TrainingStepper.initialize(backend, parameters.specs(), 0);
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private List<EvaluationResult> evaluate(Points points, int rows, int candidates, int... steps) {
    try (Thinker thinker = new Thinker(backend, modality, energy, THINKING, List.of(), rows);
        ThinkingDiagnostics diagnostics =
            new ThinkingDiagnostics(
                backend,
                modality,
                thinker,
                CompiledTargetEnergies.of(backend, modality, energy, THINKING, rows))) {
      ComputeBudgets budgets =
          new ComputeBudgets(Arrays.stream(steps).boxed().toList(), List.of(candidates));
      return new PredictionEvaluator(thinker, modality, rows, diagnostics)
          .evaluate(points, points.size(), budgets, SEED);
    }
  }

  private static ThinkingEffect effect(EvaluationResult result) {
    return result.effect().orElseThrow();
  }

  /** The initial candidates of a batch of all points. */
  private double[] initial(Points points) {
    int rows = points.size();
    try (Thinker thinker = new Thinker(backend, modality, energy, THINKING, List.of(), rows)) {
      thinker.observe(points.batch(0, 1, 2).context());
      thinker.begin(SEED);
      return thinker.candidate().doubles();
    }
  }

  @Test
  void distanceIsThatFromTheInitialCandidate() {
    Points points = points(new double[] {1, 10, -4}, 1, 10, -4);
    double[] initial = initial(points);
    double distance = 0;
    for (int i = 0; i < 3; i++) {
      distance += Math.abs(points.centres()[i] - initial[i]) / 3;
    }
    List<EvaluationResult> results = evaluate(points, 3, 1, 0, 1, 2);
    List<Double> moved = results.stream().map(result -> effect(result).moved()).toList();
    assertThat(moved.get(0)).isZero();
    assertThat(moved.get(1)).isCloseTo(distance / 2, within(1e-9));
    assertThat(moved.get(2)).isCloseTo(distance * 3 / 4, within(1e-9));
  }

  /** The gain is over the loss after one step, which need not be among the step counts. */
  @Test
  void gainIsOverTheFirstStep() {
    Points points = points(new double[] {1, 10, -4}, 1, 10, -4);
    double first = evaluate(points, 3, 1, 1).get(0).loss();
    List<EvaluationResult> results = evaluate(points, 3, 1, 0, 3);
    assertThat(effect(results.get(0)).gain()).isEmpty();
    assertThat(effect(results.get(1)).gain().orElseThrow())
        .isCloseTo(first - results.get(1).loss(), within(1e-9))
        .isPositive();
    assertThat(effect(evaluate(points, 3, 1, 1).get(0)).gain()).hasValue(0);
  }

  @Test
  void measuringChangesNoResult() {
    Points points = points(new double[] {1, 10, -4}, 0, 9, -4);
    List<EvaluationResult> measured = evaluate(points, 2, 3, 0, 2, 4);
    List<EvaluationResult> plain = new ArrayList<>();
    try (Thinker thinker = new Thinker(backend, modality, energy, THINKING, List.of(), 2)) {
      plain.addAll(
          new PredictionEvaluator(thinker, modality, 2)
              .evaluate(points, 3, new ComputeBudgets(List.of(0, 2, 4), List.of(3)), SEED));
    }
    assertThat(measured)
        .usingRecursiveComparison()
        .ignoringFields("seconds", "effect")
        .isEqualTo(plain);
    assertThat(plain).allMatch(result -> result.effect().isEmpty());
  }

  /** Where targets are centres, the energy is half the loss, and orders predictions like it. */
  @Test
  void energiesThatOrderLikeErrorsCorrelateFully() {
    Points same = points(new double[] {1, 10, -4}, 1, 10, -4);
    assertThat(effect(evaluate(same, 1, 1, 2).get(0)).rankCorrelation().orElseThrow())
        .isCloseTo(1, within(1e-12));
    // At the bottom the loss is that of the centre: of distances 0, 1, 2 for energies near 0.
    Points far = points(new double[] {1, 10, -4}, 1, 11, -2);
    double[] initial = initial(far);
    OptionalDouble found = effect(evaluate(far, 3, 1, 12).get(0)).rankCorrelation();
    double[] energies = new double[3];
    for (int i = 0; i < 3; i++) {
      energies[i] = Math.abs(initial[i] - far.centres()[i]);
    }
    assertThat(found.orElseThrow()).isCloseTo(spearman(energies), within(1e-12));
  }

  /** The correlation of three ranks with 0, 1, 2. */
  private static double spearman(double[] values) {
    double squares = 0;
    for (int i = 0; i < 3; i++) {
      int rank = 0;
      for (int j = 0; j < 3; j++) {
        rank += values[j] < values[i] ? 1 : 0;
      }
      squares += (rank - i) * (rank - i);
    }
    return 1 - 6 * squares / (3 * (9 - 1));
  }

  @Test
  void predictionsThatAllHaveOneEnergyHaveNoCorrelation() {
    assertThat(effect(evaluate(points(new double[] {3}, 3), 1, 1, 1).get(0)).rankCorrelation())
        .isEmpty();
  }

  /**
   * Energies of the right answers are 0, 12.5 and 0.02, of those of the next row 12.5, 0.72 and 2.
   */
  @Test
  void wrongAnswersAreThoseOfOtherRows() {
    Points points = points(new double[] {0, 1, 2}, 0, 6, 2.2);
    assertThat(effect(evaluate(points, 3, 1, 1).get(0)).wrongLower().orElseThrow())
        .isCloseTo(1 / 3.0, within(1e-12));
    assertThat(effect(evaluate(points, 1, 1, 1).get(0)).wrongLower())
        .as("a row alone has no other answer")
        .isEmpty();
  }

  @Test
  void equalTargetsAndPredictionsWithoutWeightDoNotCount() {
    Points equal = points(new double[] {0, 1, 2}, 5, 5, 2);
    // The first has an equal one; of the others the second has the higher energy, the third not.
    assertThat(effect(evaluate(equal, 3, 1, 1).get(0)).wrongLower().orElseThrow())
        .isCloseTo(1 / 2.0, within(1e-12));
    Points weighted =
        new Points(new double[] {0, 1, 2}, new double[] {0, 6, 2.2}, new float[] {1, 1, 0});
    assertThat(effect(evaluate(weighted, 3, 1, 1).get(0)).wrongLower().orElseThrow())
        .as("only the first has a counted neighbour")
        .isZero();
  }

  @Test
  void positionsOfARowAloneAreComparedWithEachOther() {
    PointModality sequence = new PointModality(Shape.of(2), 1);
    try (Thinker thinker = new Thinker(backend, sequence, energy, THINKING, List.of(), 1);
        ThinkingDiagnostics diagnostics =
            new ThinkingDiagnostics(
                backend,
                sequence,
                thinker,
                CompiledTargetEnergies.of(backend, sequence, energy, THINKING, 1))) {
      Shape shape = Shape.of(1, 2, 1);
      Batch batch =
          new Batch(
              Map.of(PointModality.CENTRE, Array.of(shape, 0.0, 1.0)),
              Array.of(shape, 4.0, 1.5),
              Array.filled(Shape.of(1, 2), 1));
      // Right: 8 and 0.125. Wrong: 1.125 and 4.5.
      diagnostics.compareTargets(batch, new float[] {1, 1});
      assertThat(diagnostics.wrongLower()).hasValue(0.5);
    }
  }

  /** The energy of a target is that of the candidate which equals it. */
  @Test
  void targetEnergiesAreThoseOfTheTargetAsACandidate() {
    Points points = points(new double[] {0, 1, 2}, 0, 6, 2.2);
    Batch batch = points.batch(0, 1, 2);
    try (TargetEnergies targets =
            CompiledTargetEnergies.of(backend, modality, energy, THINKING, 3).orElseThrow();
        Thinker thinker = new Thinker(backend, modality, energy, THINKING, List.of(), 3)) {
      thinker.observe(batch.context());
      thinker.begin(batch.target());
      assertThat(targets.of(batch.context(), batch.target()).doubles())
          .containsExactly(thinker.energy().doubles());
    }
  }

  /** Points whose targets are class numbers, which no model reads. */
  private static PointModality numbered() {
    PointModality classes = Mockito.spy(new PointModality(Shape.of(), 1));
    Mockito.when(classes.target())
        .thenReturn(new FeatureSpec(PointModality.TARGET, Shape.of(1), ElementType.INTEGER));
    return classes;
  }

  @Test
  void targetsThatAreNoModelInputsHaveNoEnergies() {
    assertThat(CompiledTargetEnergies.of(backend, numbered(), energy, THINKING, 2)).isEmpty();
  }

  @Test
  void failedCompileLeavesNothingOpen() {
    CheckedBackend failing = Mockito.spy(backend);
    Mockito.doThrow(new IllegalStateException("out of memory"))
        .when(failing)
        .compile(ArgumentMatchers.argThat(program -> program.name().equals("moved")));
    try (Thinker thinker = new Thinker(backend, modality, energy, THINKING, List.of(), 1)) {
      long open = backend.openExecutables();
      Optional<TargetEnergies> targets =
          CompiledTargetEnergies.of(failing, modality, energy, THINKING, 1);
      assertThatThrownBy(() -> new ThinkingDiagnostics(failing, modality, thinker, targets))
          .hasMessage("out of memory");
      Mockito.verify(failing, Mockito.times(3)).compile(ArgumentMatchers.any());
      assertThat(backend.openExecutables()).isEqualTo(open);
    }
  }
}
