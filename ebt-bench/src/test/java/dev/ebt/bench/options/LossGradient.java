package dev.ebt.bench.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.objective.Objective;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.train.TrainingProblem;
import dev.ebt.train.TrainingStepper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/**
 * The gradient of a training loss for every parameter, in double precision, against central
 * differences of the loss along a random direction v: with d(h) = L(θ+hv) − L(θ−hv), ∇L·v is (8
 * d(h) − d(2h)) / 12h up to terms of the order of h⁴. Where the loss is of thinking, ∇L is of
 * second order.
 */
final class LossGradient {
  private static final int ROWS = 2;
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-6;

  private LossGradient() {}

  /** Checks lessons about text of the given length. */
  static void check(TrainingProblem trainingProblem, int vocabulary, int length) {
    Parameters parameters = new Parameters();
    List<Integer> plan = trainingProblem.objective().stepPlan(trainingProblem.thinking());
    Objective.ObjectiveOutput objectiveOutput = trainingProblem.trace(ROWS, plan, parameters);
    List<ParameterSpec> learnt =
        parameters.specs().stream().filter(spec -> spec.traits().rate() != 0).toList();
    Tensor loss = objectiveOutput.loss().mean();
    List<Tensor> gradients =
        Gradients.of(loss, learnt.stream().map(s -> parameters.tensors().get(s.name())).toList());
    Program.Builder program = Program.named("check").output("loss", loss);
    for (int i = 0; i < learnt.size(); i++) {
      program.output(learnt.get(i).name(), gradients.get(i));
    }
    try (ReferenceBackend backend = new ReferenceBackend();
        Executable executable = backend.compile(program.build());
        Executable forward = backend.compile(Program.named("loss").output("loss", loss).build())) {
      SplittableRandom random = new SplittableRandom(7);
      TrainingStepper.initialize(backend, parameters.specs(), 3);
      List<double[]> values = new ArrayList<>();
      for (ParameterSpec spec : learnt) {
        // Away from the special points that zeros and ones are.
        double[] value = moved(backend.read(spec.variable()).doubles(), noise(spec, random), 0.1);
        values.add(value);
        backend.assign(spec.variable(), Array.of(spec.shape(), value));
      }
      Map<String, Array> inputs = inputs(vocabulary, length);
      Map<String, Array> found = executable.run(inputs);
      double scale = Math.abs(found.get("loss").item());
      for (int i = 0; i < learnt.size(); i++) {
        ParameterSpec spec = learnt.get(i);
        double[] direction = noise(spec, random);
        double[] at = values.get(i);
        DoubleUnaryOperator along =
            by -> {
              backend.assign(spec.variable(), Array.of(spec.shape(), moved(at, direction, by)));
              return forward.run(inputs).get("loss").item();
            };
        double near = along.applyAsDouble(STEP) - along.applyAsDouble(-STEP);
        double far = along.applyAsDouble(2 * STEP) - along.applyAsDouble(-2 * STEP);
        backend.assign(spec.variable(), Array.of(spec.shape(), values.get(i)));
        double slope = dot(found.get(spec.name()).doubles(), direction);
        assertThat(slope)
            .as(spec.name())
            .isCloseTo(
                (8 * near - far) / (12 * STEP), within(TOLERANCE * (scale + Math.abs(slope))));
      }
    }
  }

  private static Map<String, Array> inputs(int vocabulary, int length) {
    SplittableRandom random = new SplittableRandom(5);
    Shape shape = Shape.of(ROWS, length);
    return Map.of(
        "tokens", Array.of(shape, random.longs(ROWS * length, 0, vocabulary).toArray()),
        "target", Array.of(shape, random.longs(ROWS * length, 0, vocabulary).toArray()),
        "key", Array.of(Shape.of(2), 11L, 13L));
  }

  private static double[] noise(ParameterSpec spec, SplittableRandom random) {
    return random.doubles(spec.shape().elements(), -1, 1).toArray();
  }

  private static double[] moved(double[] from, double[] direction, double by) {
    double[] to = from.clone();
    for (int i = 0; i < to.length; i++) {
      to[i] += by * direction[i];
    }
    return to;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
