package dev.ebt.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.nn.Parameters;
import dev.ebt.objective.Objective;
import dev.ebt.optimize.GradientDescent;
import dev.ebt.regularize.HookContext;
import dev.ebt.regularize.Regularizer;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.CheckedBackend;
import dev.ebt.testing.FiniteDifferences;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import dev.ebt.testing.RegularizerContract;
import dev.ebt.testing.TestArrays;
import dev.ebt.train.EnergyObjective;
import dev.ebt.train.EnergyObjective.GradientThrough;
import dev.ebt.train.EnergyObjective.LossAt;
import dev.ebt.train.ParameterUpdateRule;
import dev.ebt.train.TrainingProblem;
import dev.ebt.train.TrainingStepper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnergyL2Test extends RegularizerContract {
  private static final PointModality MODALITY = new PointModality(Shape.of(3), 2);
  private static final Shape CANDIDATES = Shape.of(2, 3, 2);

  @Override
  protected List<EnergyL2> regularizers() {
    return List.of(new EnergyL2(null), new EnergyL2(2.0));
  }

  /** Loss, energies and derivatives of three steps from a start towards 0, target 0. */
  private static Map<String, Array> objectiveOutput(
      EnergyObjective objective, Array start, double curvature, Regularizer... regularizers) {
    Parameters parameters = new Parameters();
    Tensor begin = Tensor.input("start", start.shape(), ElementType.REAL);
    Tensor zeros = Tensor.zeros(start.shape());
    Objective.ObjectiveOutput objectiveOutput =
        objective.output(
            new Objective.ObjectiveInputs(
                MODALITY,
                new QuadraticEnergy(2, curvature),
                new ThinkingMethod(1, 0.5, false, null, null, null),
                List.of(regularizers),
                List.of(0, 0, 0),
                NamedTensors.of(PointModality.CENTRE, zeros),
                begin,
                zeros,
                Tensor.input("key", Shape.of(2), ElementType.INTEGER),
                parameters));
    Program.Builder program =
        Program.named("lesson")
            .output("loss", objectiveOutput.loss())
            .output("lastLoss", objectiveOutput.metrics().get("lastLoss"))
            .output("start", Gradients.of(objectiveOutput.loss(), begin));
    for (int i = 0; i < 3; i++) {
      program.output("energy." + i, objectiveOutput.stepOutputs().get(i).energy());
    }
    Tensor k = parameters.tensors().get("curvature");
    program.output("curvature", Gradients.of(objectiveOutput.loss(), k));
    try (Backend backend = new CheckedBackend(new ReferenceBackend());
        Executable executable = backend.compile(program.build())) {
      TrainingStepper.initialize(backend, parameters.specs(), 0);
      parameters.specs().stream()
          .filter(spec -> spec.name().equals("curvature"))
          .forEach(spec -> backend.assign(spec.variable(), Array.scalar(curvature)));
      Map<String, Array> inputs = new HashMap<>(Map.of("start", start));
      inputs.put("key", Array.of(Shape.of(2), 1L, 2L));
      return executable.run(inputs);
    }
  }

  private static final Array START = TestArrays.mixed(4, CANDIDATES.toIntArray());

  @Test
  void addsTheMeanSquareOfTheEnergiesOfAllSteps() {
    EnergyObjective each = new EnergyObjective(3, LossAt.EACH, GradientThrough.ALL);
    Map<String, Array> plain = objectiveOutput(each, START, 0.8);
    Map<String, Array> found = objectiveOutput(each, START, 0.8, new EnergyL2(0.3));
    for (int i = 0; i < 6; i++) {
      double sum = 0;
      for (int step = 0; step < 3; step++) {
        sum += Math.pow(plain.get("energy." + step).real(i), 2);
      }
      assertThat(found.get("loss").real(i))
          .isCloseTo(plain.get("loss").real(i) + 0.3 * sum / 3, within(1e-12));
    }
    assertThat(found.get("lastLoss")).as("as without it").isEqualTo(plain.get("lastLoss"));
  }

  @Test
  void addsTheLastStepsWhereOnlyThatIsLearntFrom() {
    EnergyObjective last = new EnergyObjective(3, LossAt.LAST, GradientThrough.STEP);
    Map<String, Array> plain = objectiveOutput(last, START, 0.8);
    Map<String, Array> found = objectiveOutput(last, START, 0.8, new EnergyL2(0.3));
    for (int i = 0; i < 6; i++) {
      assertThat(found.get("loss").real(i))
          .isCloseTo(
              plain.get("loss").real(i) + 0.3 * Math.pow(plain.get("energy.2").real(i), 2),
              within(1e-12));
    }
  }

  @Test
  void twoOfThemAddUp() {
    EnergyObjective each = new EnergyObjective(3, LossAt.EACH, GradientThrough.ALL);
    double[] both =
        objectiveOutput(each, START, 0.8, new EnergyL2(0.1), new EnergyL2(0.2))
            .get("loss")
            .doubles();
    assertThat(objectiveOutput(each, START, 0.8, new EnergyL2(0.3)).get("loss").doubles())
        .containsExactly(both, within(1e-12));
  }

  @Test
  void derivativesAreThoseOfTheValues() {
    EnergyObjective each = new EnergyObjective(3, LossAt.EACH, GradientThrough.ALL);
    EnergyL2 term = new EnergyL2(0.3);
    Map<String, Array> found = objectiveOutput(each, START, 0.8, term);
    assertThat(found.get("curvature").item())
        .isCloseTo(
            FiniteDifferences.gradient(
                k -> sum(objectiveOutput(each, START, k[0], term)), new double[] {0.8})[0],
            within(1e-8));
    assertThat(found.get("start").doubles())
        .containsExactly(
            FiniteDifferences.gradient(
                y -> sum(objectiveOutput(each, Array.of(CANDIDATES, y), 0.8, term)),
                START.doubles()),
            within(1e-8));
  }

  private static double sum(Map<String, Array> found) {
    double sum = 0;
    for (double loss : found.get("loss").doubles()) {
      sum += loss;
    }
    return sum;
  }

  /** However a training of many steps is run. */
  @Test
  void manyStepsHaveItToo() {
    for (LossAt at : LossAt.values()) {
      assertThat(difference(at, 40)).isCloseTo(expected(at, 40), within(1e-6));
    }
  }

  /** What the term adds to the loss of a training step; every candidate's first energy is ½·2. */
  private static double difference(LossAt at, int steps) {
    return trained(at, steps, new EnergyL2(1.0)) - trained(at, steps);
  }

  /** Energies of y = 0.9ⁱ (1, 1): E = 0.81ⁱ. */
  private static double expected(LossAt at, int steps) {
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      sum += Math.pow(0.81, 2 * i);
    }
    return at == LossAt.EACH ? sum / steps : Math.pow(0.81, 2 * (steps - 1));
  }

  private static double trained(LossAt at, int steps, Regularizer... more) {
    List<Regularizer> all = new ArrayList<>(List.of(more));
    all.add(
        new Regularizer() {
          @Override
          public Tensor beforeStep(Tensor candidate, HookContext site) {
            return site.step() == 0 ? candidate.times(0).plus(1) : candidate;
          }
        });
    Array zeros = Array.filled(CANDIDATES, 0);
    Batch batch =
        new Batch(Map.of(PointModality.CENTRE, zeros), zeros, Array.filled(Shape.of(2, 3), 1));
    try (Backend backend = new ReferenceBackend();
        TrainingStepper stepper =
            new TrainingStepper(
                new TrainingProblem(
                    MODALITY,
                    new QuadraticEnergy(2, 1),
                    new EnergyObjective(steps, at, GradientThrough.STEP),
                    new ThinkingMethod(1, 0.1, false, null, null, null),
                    all),
                backend,
                ParameterUpdateRule.of(new GradientDescent(), 0),
                7)) {
      stepper.initialize();
      return stepper.step(1, List.of(batch)).loss();
    }
  }

  @Test
  void refusesBadSettings() {
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new EnergyL2(bad))
          .isInstanceOf(UserException.class)
          .hasMessage("weight is " + bad + "; a finite number above 0 expected");
    }
  }
}
