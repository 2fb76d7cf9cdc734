package dev.ebt.bench.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Backend;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.bench.synthetic.PlaceholderTokenizer;
import dev.ebt.modality.Batch;
import dev.ebt.model.AutoregressiveEnergy;
import dev.ebt.model.TransformerSettings;
import dev.ebt.model.TransformerSettings.LandscapeConditioning;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.optimize.AdamW;
import dev.ebt.optimize.Backtracking;
import dev.ebt.optimize.ClipByNorm;
import dev.ebt.optimize.GradientDescent;
import dev.ebt.optimize.GradientTransformChain;
import dev.ebt.optimize.Momentum;
import dev.ebt.optimize.Optimizer;
import dev.ebt.regularize.Regularizer;
import dev.ebt.regularizers.Langevin;
import dev.ebt.regularizers.RandomStepCount;
import dev.ebt.regularizers.RandomStepSize;
import dev.ebt.regularizers.Replay;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingMethod.UpdateRule;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensorflow.DeviceChoice;
import dev.ebt.tensorflow.TensorFlowBackend;
import dev.ebt.tensorflow.TensorFlowSettings;
import dev.ebt.testing.CheckedBackend;
import dev.ebt.text.TextModality;
import dev.ebt.text.TextSettings;
import dev.ebt.train.EnergyObjective;
import dev.ebt.train.EnergyObjective.Settings;
import dev.ebt.train.ParameterUpdateRule;
import dev.ebt.train.TrainingProblem;
import dev.ebt.train.TrainingStepper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Thinking steps taught one by one teach what the program of them all does. */
class StepByStepTest {
  private static final int VOCABULARY = 7;
  private static final int LENGTH = 4;
  private static final int ROWS = 2;
  private static final int WHOLE = 100;
  private static final int ONE_BY_ONE = 1;

  private static final List<Regularizer> NOISE =
      List.of(
          new Langevin(0.5, true, null, null),
          new RandomStepSize(2.0),
          new Langevin(1.0, null, null, true));

  static Stream<Arguments> trainingProblem() {
    Settings five = new Settings(5);
    Settings all = new Settings(5, 0.3, 0.1);
    Settings contrastive = new Settings(5, 0.0, 0.1);
    Function<Settings, EnergyObjective> s1 = EnergyObjective::system1;
    Function<Settings, EnergyObjective> s2 = EnergyObjective::system2;
    return Stream.of(
        Arguments.of(s1.apply(five), LandscapeConditioning.NONE, List.of(), 1),
        Arguments.of(s1.apply(five), LandscapeConditioning.TIME_EMBED, NOISE, 2),
        Arguments.of(s1.apply(all), LandscapeConditioning.ADALN, NOISE, 1),
        Arguments.of(
            s1.apply(five), LandscapeConditioning.NONE, List.of(new Replay(4, 0.5, null, null)), 1),
        Arguments.of(s2.apply(five), LandscapeConditioning.NONE, NOISE, 1),
        Arguments.of(s2.apply(contrastive), LandscapeConditioning.TIME_EMBED, NOISE, 2));
  }

  @ParameterizedTest
  @MethodSource("trainingProblem")
  void teachesTheSameOnTheReferenceBackend(
      EnergyObjective objective,
      LandscapeConditioning conditioning,
      List<Regularizer> regularizers,
      int batches) {
    TrainingProblem trainingProblem = trainingProblem(objective, conditioning, regularizers);
    Map<String, double[]> whole = taught(new ReferenceBackend(), trainingProblem, WHOLE, batches);
    compare(taught(new ReferenceBackend(), trainingProblem, ONE_BY_ONE, batches), whole, 1e-12);
  }

  /** What an optimizer keeps of candidates goes from program to program on the device. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void teachesTheSameWhateverMovesCandidates(Optimizer optimizer) {
    TrainingProblem trainingProblem =
        trainingProblem(
            EnergyObjective.system1(new Settings(5)), LandscapeConditioning.NONE, NOISE, optimizer);
    Map<String, double[]> whole = taught(new ReferenceBackend(), trainingProblem, WHOLE, 1);
    compare(taught(new ReferenceBackend(), trainingProblem, ONE_BY_ONE, 1), whole, 1e-12);
  }

  static Stream<Optimizer> optimizers() {
    return Stream.of(
        GradientTransformChain.of(new ClipByNorm(0.5), new Momentum(0.5, true)),
        new AdamW(0.9, 0.999, 1e-8, 0.01),
        new Backtracking(0.5, 1.5));
  }

  @Test
  void teachesTheSameOnTensorFlow() {
    TrainingProblem trainingProblem =
        trainingProblem(
            EnergyObjective.system1(new Settings(5, 0.3, 0.1)),
            LandscapeConditioning.TIME_EMBED,
            NOISE);
    Map<String, double[]> whole = taught(tensorFlow(), trainingProblem, WHOLE, 2);
    compare(taught(tensorFlow(), trainingProblem, ONE_BY_ONE, 2), whole, 1e-4);
  }

  @Test
  void randomNumbersOfStepsNeedNoMoreProgramsThanTheFirstFew() {
    List<Regularizer> random = List.of(new RandomStepCount(20, null, true));
    TrainingProblem trainingProblem =
        trainingProblem(
            EnergyObjective.system1(new Settings(2)), LandscapeConditioning.NONE, random);
    try (Backend backend = new ReferenceBackend();
        TrainingStepper stepper = stepper(backend, trainingProblem, ONE_BY_ONE)) {
      stepper.initialize();
      stepper.step(1, batches(1));
      int operations = stepper.operations();
      IntStream.range(2, 6).forEach(step -> stepper.step(step, batches(1)));
      assertThat(stepper.operations()).isEqualTo(operations);
    }
  }

  @Test
  void stepsThatHangTogetherStayTogether() {
    TrainingProblem trainingProblem =
        trainingProblem(
            EnergyObjective.unrolled(new Settings(3)), LandscapeConditioning.NONE, List.of());
    Map<String, double[]> whole = taught(new ReferenceBackend(), trainingProblem, WHOLE, 1);
    compare(taught(new ReferenceBackend(), trainingProblem, ONE_BY_ONE, 1), whole, 0);
  }

  @Test
  void closedTeacherLeavesOnlyParametersAndSlots() {
    TrainingProblem trainingProblem =
        trainingProblem(
            EnergyObjective.system1(new Settings(3)), LandscapeConditioning.NONE, List.of());
    try (CheckedBackend backend = new CheckedBackend(new ReferenceBackend())) {
      TrainingStepper stepper = stepper(backend, trainingProblem, ONE_BY_ONE);
      stepper.initialize();
      Set<String> before = backend.held();
      stepper.step(1, batches(2));
      assertThat(backend.held()).hasSizeGreaterThan(before.size());
      stepper.close();
      assertThat(backend.held()).isEqualTo(new HashSet<>(before));
      assertThat(backend.openExecutables()).isZero();
    }
  }

  /** Everything that two training steps measured and changed. */
  private static Map<String, double[]> taught(
      Backend backend, TrainingProblem trainingProblem, int wholeSteps, int batches) {
    Map<String, double[]> found = new LinkedHashMap<>();
    try (backend;
        TrainingStepper stepper = stepper(backend, trainingProblem, wholeSteps)) {
      stepper.initialize();
      for (int step = 1; step <= 2; step++) {
        StepMetrics figures = stepper.step(step, batches(batches));
        found.put(step + ".loss", new double[] {figures.loss()});
        found.put(step + ".gradientNorm", new double[] {figures.gradientNorm()});
        for (Map.Entry<String, Double> measure : figures.metrics().entrySet()) {
          found.put(step + "." + measure.getKey(), new double[] {measure.getValue()});
        }
      }
      for (ParameterSpec spec : stepper.parameters()) {
        found.put(spec.name(), backend.read(spec.variable()).doubles());
      }
    }
    return found;
  }

  private static void compare(
      Map<String, double[]> found, Map<String, double[]> expected, double tolerance) {
    assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
    expected.forEach(
        (name, values) -> {
          for (int i = 0; i < values.length; i++) {
            assertThat(found.get(name)[i])
                .as(name)
                .isCloseTo(values[i], within(tolerance * (1 + Math.abs(values[i]))));
          }
        });
  }

  private static TrainingStepper stepper(
      Backend backend, TrainingProblem trainingProblem, int wholeSteps) {
    ParameterUpdateRule rule = ParameterUpdateRule.of(new GradientDescent(), 0.1).clippedTo(1);
    return new TrainingStepper(trainingProblem, backend, rule, 5, wholeSteps);
  }

  private static Backend tensorFlow() {
    return TensorFlowBackend.open(TensorFlowSettings.defaults().on(DeviceChoice.CPU));
  }

  private static TrainingProblem trainingProblem(
      EnergyObjective objective,
      LandscapeConditioning conditioning,
      List<Regularizer> regularizers) {
    return trainingProblem(objective, conditioning, regularizers, new GradientDescent());
  }

  private static TrainingProblem trainingProblem(
      EnergyObjective objective,
      LandscapeConditioning conditioning,
      List<Regularizer> regularizers,
      Optimizer optimizer) {
    return new TrainingProblem(
        new TextModality(
            new TextSettings(LENGTH, null, null, null), new PlaceholderTokenizer(VOCABULARY)),
        new AutoregressiveEnergy(TransformerSettings.of(1, 2, 8).with(conditioning), 3),
        objective,
        new ThinkingMethod(
            ThinkingHyperparameters.builder()
                .landscapes(3)
                .stepSize(2.0)
                .learnStepSize(true)
                .updateRule(UpdateRule.MIRROR)
                .build(),
            optimizer),
        regularizers);
  }

  private static List<Batch> batches(int count) {
    SplittableRandom random = new SplittableRandom(8);
    Shape shape = Shape.of(ROWS, LENGTH);
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long[] tokens = random.longs(shape.elements(), 0, VOCABULARY).toArray();
      long[] target = random.longs(shape.elements(), 0, VOCABULARY).toArray();
      double[] weight = random.doubles(shape.elements()).toArray();
      batches.add(
          new Batch(
              Map.of("tokens", Array.of(shape, tokens)),
              Array.of(shape, target),
              Array.of(shape, weight)));
    }
    return batches;
  }
}
