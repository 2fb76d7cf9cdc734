package dev.ebt.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.energy.Model;
import dev.ebt.error.UserException;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Modality;
import dev.ebt.model.BidirectionalEnergy;
import dev.ebt.model.BidirectionalSettings;
import dev.ebt.model.EnergyHead;
import dev.ebt.model.TransformerPlusPlus;
import dev.ebt.model.TransformerSettings;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.nn.PatchEmbedding;
import dev.ebt.objective.Objective.ObjectiveInputs;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.FiniteDifferences;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MatchingObjectiveTest {
  private static final double CURVATURE = 1.5;
  private static final double[] CENTRE = {0.5, -1, 2, 0.25};
  private static final double[] NOISE = {1, -0.5, -2, 0.75};
  private static final double[] TARGET = {0.25, 2, 1, -1};
  private static final double[] GAMMA = {0.3, 0.9};
  private static final Shape POINTS = Shape.of(2, 2);

  private static MatchingObjective objective(double noiseShare, double targetShare) {
    return new MatchingObjective(
        new MatchingSettings(4.0, 0.8, noiseShare, targetShare, null, null));
  }

  @Test
  void theGradientIsComparedWithTheWayFromTargetToNoise() {
    double[] loss = points(objective(0, 0), GAMMA);
    for (int row = 0; row < 2; row++) {
      double factor = 4 * Math.min(1, (1 - GAMMA[row]) / 0.2);
      double sum = 0;
      for (int i = 2 * row; i < 2 * row + 2; i++) {
        double y = GAMMA[row] * TARGET[i] + (1 - GAMMA[row]) * NOISE[i];
        double error = CURVATURE * (y - CENTRE[i]) - factor * (NOISE[i] - TARGET[i]);
        sum += error * error;
      }
      assertThat(loss[row]).isCloseTo(sum / 2, within(1e-12));
    }
  }

  @Test
  void withoutDecayItIsTheDistanceAfterOneStepOfSizeOneOverLambda() {
    double alpha = 0.25;
    double[] loss =
        points(new MatchingObjective(new MatchingSettings(4.0, 0.0, 0.0, 0.0, null, null)), GAMMA);
    for (int row = 0; row < 2; row++) {
      double distance = 0;
      for (int i = 2 * row; i < 2 * row + 2; i++) {
        double y = GAMMA[row] * TARGET[i] + (1 - GAMMA[row]) * NOISE[i];
        double left = y - alpha * CURVATURE * (y - CENTRE[i]) - TARGET[i];
        distance += left * left;
      }
      assertThat(alpha * alpha * loss[row]).isCloseTo(distance / 2, within(1e-12));
    }
  }

  @Test
  void rowsAtTheEndsAreTheInitialCandidateAndTheTarget() {
    assertThat(points(objective(1, 0), null))
        .containsExactly(points(objective(0, 0), new double[] {0, 0}), within(1e-12));
    assertThat(points(objective(0, 1), null))
        .containsExactly(points(objective(0, 0), new double[] {1, 1}), within(1e-12));
  }

  @Test
  void gammaIsDrawnForEachRowFromTheKey() {
    double[] first = points(objective(0, 0), null);
    assertThat(points(objective(0, 0), null)).containsExactly(first);
    assertThat(points(objective(0.5, 0.5), null)).isNotEqualTo(first);
  }

  @Test
  void itPredictsByManyStepsAndTrainsWithoutOne() {
    ThinkingMethod thinking = new ThinkingMethod(1, 0.01, false, null, null, null);
    assertThat(objective(0, 0).stepPlan(thinking)).isEmpty();
    assertThat(objective(0, 0).predictionPlan(thinking)).hasSize(50).containsOnly(0);
  }

  @Test
  void whatHasNoEffectIsRefused() {
    ThinkingMethod learned = new ThinkingMethod(1, 0.01, true, null, null, null);
    assertThatThrownBy(() -> objective(0, 0).output(inputs(new QuadraticEnergy(2, 1), learned)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("thinking.learnStepSize is true, but objective.name=matching");
    Model direct = new TransformerPlusPlus(TransformerSettings.of(1, 1, 8));
    ThinkingMethod thinking = new ThinkingMethod(1, 0.01, false, null, null, null);
    assertThatThrownBy(() -> objective(0, 0).output(inputs(direct, thinking)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("trains energy models");
    assertThatThrownBy(() -> objective(0.7, 0.4)).hasMessageContaining("objective.targetShare");
    assertThatThrownBy(() -> new MatchingSettings(null, 1.0, null, null, null, null))
        .hasMessageContaining("objective.decayFrom");
  }

  /** The gradient for the parameters passes through ∂E/∂y: second derivatives of every layer. */
  @ParameterizedTest
  @EnumSource(EnergyHead.class)
  void parameterGradientsAgreeWithDifferences(EnergyHead head) {
    BidirectionalEnergy model =
        new BidirectionalEnergy(new BidirectionalSettings(null, 1, 1, 4, 1.0), head, 3);
    Parameters parameters = new Parameters();
    Tensor loss = patches(model, parameters);
    List<Tensor> tensors = List.copyOf(parameters.tensors().values());
    List<Tensor> gradients = Gradients.of(loss, tensors);
    Program.Builder program = Program.named("loss").output("loss", loss);
    for (int i = 0; i < tensors.size(); i++) {
      program.output("gradient." + parameters.specs().get(i).name(), gradients.get(i));
    }
    try (ReferenceBackend backend = new ReferenceBackend()) {
      for (ParameterSpec spec : parameters.specs()) {
        backend.assign(
            spec.variable(),
            Array.of(
                spec.shape(),
                Initializer.normal(0.5)
                    .values(spec.shape(), new SplittableRandom(spec.name().hashCode()))));
      }
      var executable = backend.compile(program.build());
      Map<String, Array> found = executable.run(Map.of());
      for (ParameterSpec spec : parameters.specs()) {
        Array here = backend.read(spec.variable());
        double[] expected =
            FiniteDifferences.gradient(
                moved -> {
                  backend.assign(spec.variable(), Array.of(spec.shape(), moved));
                  return executable.run(Map.of()).get("loss").item();
                },
                here.doubles());
        backend.assign(spec.variable(), here);
        assertThat(found.get("gradient." + spec.name()).doubles())
            .as(spec.name())
            .containsExactly(expected, within(1e-6));
      }
    }
  }

  /** An output that is initially 0 must not be a point from which nothing is learned. */
  @ParameterizedTest
  @EnumSource(EnergyHead.class)
  void theFirstGradientReachesTheHead(EnergyHead head) {
    BidirectionalEnergy model =
        new BidirectionalEnergy(new BidirectionalSettings(null, 1, 1, 4, 1.0), head, 100);
    Parameters parameters = new Parameters();
    Tensor loss = patches(model, parameters);
    Tensor weight = parameters.tensors().get("transformer.final_layer.linear.weight");
    Program program = Program.named("g").output("g", Gradients.of(loss, weight)).build();
    try (ReferenceBackend backend = new ReferenceBackend()) {
      TrainingStepper.initialize(backend, parameters.specs(), 1);
      assertThat(Arrays.stream(backend.compile(program).run(Map.of()).get("g").doubles()))
          .anyMatch(g -> Math.abs(g) > 1e-3);
    }
  }

  /** Returns the summed loss of two images of 4 × 4 in patches of 2 × 2. */
  private static Tensor patches(BidirectionalEnergy model, Parameters parameters) {
    Shape images = Shape.of(2, 1, 4, 4);
    ObjectiveInputs inputs =
        new ObjectiveInputs(
            new Images(),
            model,
            new ThinkingMethod(1, 0.01, false, null, null, null),
            List.of(),
            List.of(),
            NamedTensors.of(PointModality.CENTRE, constant(Shape.of(2, 4), 0.7)),
            constant(images, 1.3),
            constant(images, 2.9),
            Tensor.constant(Array.of(Shape.of(2), 5L, 6L)),
            parameters);
    return objective(0, 0)
        .output(inputs, Tensor.constant(Array.of(Shape.of(2, 1, 1, 1), GAMMA)))
        .loss()
        .sum();
  }

  private static Tensor constant(Shape shape, double frequency) {
    double[] values = new double[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.sin(frequency * (i + 1));
    }
    return Tensor.constant(Array.of(shape, values));
  }

  private static double[] points(MatchingObjective objective, double[] gamma) {
    ObjectiveInputs inputs =
        inputs(
            new QuadraticEnergy(2, CURVATURE),
            new ThinkingMethod(1, 0.01, false, null, null, null));
    Tensor loss =
        gamma == null
            ? objective.output(inputs).loss()
            : objective.output(inputs, Tensor.constant(Array.of(Shape.of(2, 1), gamma))).loss();
    Map<String, Array> values = new LinkedHashMap<>();
    values.put("noise", Array.of(POINTS, NOISE));
    values.put("target", Array.of(POINTS, TARGET));
    values.put(PointModality.CENTRE, Array.of(POINTS, CENTRE));
    values.put("key", Array.of(Shape.of(2), 7L, 8L));
    try (ReferenceBackend backend = new ReferenceBackend()) {
      TrainingStepper.initialize(backend, inputs.parameters().specs(), 1);
      return backend
          .compile(Program.named("loss").output("loss", loss).build())
          .run(values)
          .get("loss")
          .doubles();
    }
  }

  private static ObjectiveInputs inputs(Model model, ThinkingMethod thinking) {
    return new ObjectiveInputs(
        new PointModality(Shape.scalar(), 2),
        model,
        thinking,
        List.of(),
        List.of(),
        NamedTensors.of(PointModality.CENTRE, input(PointModality.CENTRE)),
        input("noise"),
        input("target"),
        Tensor.input("key", Shape.of(2), ElementType.INTEGER),
        new Parameters());
  }

  private static Tensor input(String name) {
    return Tensor.input(name, POINTS, ElementType.REAL);
  }

  /** Images in patches of 2 × 2 for a model of width 4. */
  private static final class Images implements Modality {
    private final PointModality points = new PointModality(Shape.scalar(), 4);

    @Override
    public List<FeatureSpec> context() {
      return points.context();
    }

    @Override
    public FeatureSpec target() {
      return new FeatureSpec("image", candidate(), ElementType.REAL);
    }

    @Override
    public Shape predictions() {
      return Shape.scalar();
    }

    @Override
    public Shape candidate() {
      return Shape.of(1, 4, 4);
    }

    @Override
    public Tensor initialCandidate(NamedTensors context, Tensor key, Shape shape) {
      return Tensor.zeros(shape);
    }

    @Override
    public Tensor embedContext(NamedTensors context, int width, Parameters parameters) {
      return context.get(PointModality.CENTRE);
    }

    @Override
    public Tensor embedCandidate(Tensor modelInput, int width, Parameters parameters) {
      return PatchEmbedding.apply(modelInput, 2, width, parameters.in("transformer"));
    }

    @Override
    public Tensor loss(Tensor candidate, Tensor target) {
      return candidate.minus(target).square().mean(1, 2, 3);
    }

    @Override
    public String describe(Map<String, Array> context, Array values) {
      return values.toString();
    }
  }
}
