package dev.ebt.bench.conformance;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.bench.conformance.Agreement.Quantity;
import dev.ebt.error.Required;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.objective.Objective;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.train.TrainingProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One forward and backward pass of a reference case with its own parameters: losses, energies and
 * states of every step, all gradients.
 */
final class ObjectiveCheck implements AutoCloseable {
  /** The name of the input with the weight of each prediction. */
  static final String WEIGHT = "weight";

  private final ReferenceCase reference;
  private final Backend backend;
  private final String state;
  private final int steps;
  private final List<ParameterSpec> specs;
  private final List<String> trainable;
  private final Executable executable;

  /**
   * Compiles the pass and assigns the parameters.
   *
   * @param state the name of a candidate after a step in the case, as in {@code step0.logits}
   */
  ObjectiveCheck(
      ReferenceCase reference, Backend backend, TrainingProblem problem, int rows, String state) {
    this.reference = reference;
    this.backend = backend;
    this.state = state;
    Parameters parameters = new Parameters();
    Objective.ObjectiveOutput output =
        problem.trace(rows, problem.objective().stepPlan(problem.thinking()), parameters);
    this.steps = output.stepOutputs().size();
    this.trainable =
        parameters.specs().stream()
            .filter(spec -> spec.traits().rate() != 0)
            .map(ParameterSpec::name)
            .toList();
    this.specs = parameters.specs();
    assign(specs);
    this.executable = backend.compile(program(output, parameters));
  }

  private Program program(Objective.ObjectiveOutput output, Parameters parameters) {
    Tensor weight = Tensor.input(WEIGHT, output.loss().shape(), ElementType.REAL);
    Tensor loss = mean(output.loss(), weight);
    Program.Builder program = Program.named("case").output("loss", loss);
    output.metrics().forEach((name, value) -> program.output(name, mean(value, weight)));
    for (int i = 0; i < steps; i++) {
      program.output(energyOf(i), output.stepOutputs().get(i).energy());
      program.output(stateOf(i), output.stepOutputs().get(i).candidate());
    }
    List<Tensor> gradients =
        Gradients.of(loss, trainable.stream().map(parameters.tensors()::get).toList());
    for (int i = 0; i < trainable.size(); i++) {
      program.output("grad." + trainable.get(i), gradients.get(i));
    }
    return program.build();
  }

  /** Assigns the values of the case to parameters. */
  void assign(List<ParameterSpec> specs) {
    specs.forEach(s -> backend.assign(s.variable(), reference.tensor("param." + s.name())));
  }

  /**
   * Runs the pass several times with every parameter changed by one unit in its last place in
   * float32, up or down at random, which estimates the accuracy of the results.
   */
  List<Map<String, Array>> runRounded(Map<String, Array> inputs) {
    List<Map<String, Array>> found = new ArrayList<>();
    for (int seed = 0; seed < 4; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      specs.forEach(spec -> backend.assign(spec.variable(), rounded(spec, random)));
      found.add(run(inputs));
    }
    assign(specs);
    return found;
  }

  private Array rounded(ParameterSpec spec, SplittableRandom random) {
    float[] values = reference.tensor("param." + spec.name()).floats().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextBoolean() ? Math.nextUp(values[i]) : Math.nextDown(values[i]);
    }
    return Array.of(spec.shape(), values);
  }

  /** Runs the pass. */
  Map<String, Array> run(Map<String, Array> inputs) {
    return executable.run(inputs);
  }

  /** Compares losses, energies and states. */
  void compareSteps(Agreement agreement, Map<String, Array> found) {
    for (int i = 0; i < steps; i++) {
      compare(agreement, Quantity.ENERGIES, energyOf(i), found);
      compare(agreement, Quantity.STATES, stateOf(i), found);
    }
    compareScalar(agreement, "loss", Required.of(found, "loss").item());
    if (steps > 0) {
      compareScalar(agreement, "initial_loss", Required.of(found, "firstLoss").item());
      compareScalar(agreement, "final_step_loss", Required.of(found, "lastLoss").item());
    }
  }

  /**
   * Compares all gradients. A parameter without a reference gradient does not affect the loss: its
   * gradient must be zero.
   *
   * @param scale the factor applied to computed gradients
   */
  void compareGradients(Agreement agreement, Map<String, Array> found, double scale) {
    for (String parameter : trainable) {
      String name = "grad." + parameter;
      double[] gradient = Required.of(found, name).doubles().clone();
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] *= scale;
      }
      Shape shape = Required.of(found, name).shape();
      Array expected = reference.tensors().getOrDefault(name, Array.filled(shape, 0));
      agreement.compare(Quantity.GRADIENTS, name, expected, Array.of(shape, gradient));
    }
  }

  private void compare(
      Agreement agreement, Quantity quantity, String name, Map<String, Array> found) {
    agreement.compare(quantity, name, reference.tensor(name), Required.of(found, name));
  }

  private void compareScalar(Agreement agreement, String name, double found) {
    reference.scalar(name).ifPresent(s -> agreement.compare(Quantity.LOSS, name, s, found));
  }

  private static String energyOf(int step) {
    return "step" + step + ".energy";
  }

  private String stateOf(int step) {
    return "step" + step + "." + state;
  }

  private static Tensor mean(Tensor values, Tensor weight) {
    return values.times(weight).sum().divide(weight.sum());
  }

  @Override
  public void close() {
    executable.close();
  }
}
