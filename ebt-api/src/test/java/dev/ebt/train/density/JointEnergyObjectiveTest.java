package dev.ebt.train.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.error.UserException;
import dev.ebt.modality.ClassLabel;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Modality;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.objective.Objective.ObjectiveInputs;
import dev.ebt.objective.Objective.ObjectiveOutput;
import dev.ebt.sample.LangevinDynamics;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Classes 0, 1 and 2 of one coordinate with the energy ½(y − 2c)². */
class JointEnergyObjectiveTest {
  private static final String CLASS = "class";
  private static final double GAMMA = 0.5;

  /** Points whose class moves the center of their energy. */
  private static final class Classes implements Modality {
    private final PointModality points = new PointModality(Shape.scalar(), 1);

    @Override
    public List<FeatureSpec> context() {
      return List.of(new FeatureSpec(CLASS, Shape.scalar(), ElementType.INTEGER));
    }

    @Override
    public Optional<ClassLabel> classLabel() {
      return Optional.of(new ClassLabel(CLASS, 3));
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
      Tensor label = Functions.real(context.get(CLASS));
      return label.times(2).reshape(label.shape().plus(1));
    }

    @Override
    public Tensor embedCandidate(Tensor modelInput, int width, Parameters parameters) {
      return modelInput;
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

  @Test
  void theLossIsThatOfClassifierAndContrastiveDivergence() {
    double[] points = {0.5, 2.5, 1};
    long[] labels = {0, 1, 2};
    double[][] found = found(points, labels);
    for (int row = 0; row < points.length; row++) {
      double sum = 0;
      for (int c = 0; c < 3; c++) {
        sum += Math.exp(-energy(points[row], c));
      }
      double expected = energy(points[row], labels[row]) + Math.log(sum);
      assertThat(found[1][row]).isCloseTo(expected, within(1e-9));
      assertThat(found[0][row] - found[2][row]).isCloseTo(GAMMA * expected, within(1e-9));
    }
  }

  /** A class left out for guidance has the number after the last one. */
  @Test
  void rowsWithoutAClassAreNotClassified() {
    assertThat(found(new double[] {0.5, 2.5, 1}, new long[] {0, 3, 2})[1][1]).isZero();
  }

  @Test
  void aWeightThatDoesNothingIsRefused() {
    assertThatThrownBy(() -> new JointEnergyObjective(0.0, null, null, null))
        .isInstanceOf(UserException.class)
        .hasMessage("classification is 0.0; a positive number expected");
  }

  private static double energy(double y, long label) {
    return 0.5 * (y - 2 * label) * (y - 2 * label);
  }

  /** Returns the loss, the loss of the classes, and that of contrastive divergence alone. */
  private static double[][] found(double[] points, long[] labels) {
    Parameters parameters = new Parameters();
    ThinkingMethod thinking =
        new ThinkingMethod(
            ThinkingHyperparameters.builder().landscapes(1).stepSize(0.1).build(),
            new LangevinDynamics(null, null, null));
    JointEnergyObjective objective = new JointEnergyObjective(GAMMA, 2, null, null);
    Tensor target = Tensor.constant(Array.of(Shape.of(points.length, 1), points));
    ObjectiveInputs inputs =
        new ObjectiveInputs(
            new Classes(),
            new QuadraticEnergy(1, 1),
            thinking,
            List.of(),
            objective.stepPlan(thinking),
            NamedTensors.of(CLASS, Tensor.constant(Array.of(Shape.of(labels.length), labels))),
            target,
            target,
            Tensor.constant(Array.of(Shape.of(2), 5L, 6L)),
            parameters);
    ObjectiveOutput both = objective.output(inputs);
    ObjectiveOutput divergence = new ContrastiveDivergence(2, null, null, null).output(inputs);
    Program program =
        Program.named("loss")
            .output("both", both.loss())
            .output("classes", both.metrics().get("classLoss"))
            .output("divergence", divergence.loss())
            .build();
    try (ReferenceBackend backend = new ReferenceBackend();
        Executable executable = backend.compile(program)) {
      for (ParameterSpec spec : parameters.specs()) {
        backend.assign(spec.variable(), Array.scalar(spec.name().equals("curvature") ? 1.0 : 0.1));
      }
      Map<String, Array> values = executable.run(Map.of());
      return new double[][] {
        values.get("both").doubles(),
        values.get("classes").doubles(),
        values.get("divergence").doubles()
      };
    }
  }
}
