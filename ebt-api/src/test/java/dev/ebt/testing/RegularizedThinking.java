package dev.ebt.testing;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.nn.Parameters;
import dev.ebt.objective.Objective;
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
import dev.ebt.think.Thinker;
import dev.ebt.train.EnergyObjective;
import dev.ebt.train.EnergyObjective.GradientThrough;
import dev.ebt.train.EnergyObjective.LossAt;
import dev.ebt.train.TrainingStepper;
import java.util.List;
import java.util.Map;

/**
 * Thinking with regularizers in {@link QuadraticEnergy}, centred at 0, on a checked {@link
 * ReferenceBackend}.
 *
 * @param predictions of a row
 * @param width number of coordinates of a candidate
 */
public record RegularizedThinking(
    Shape predictions,
    int width,
    double curvature,
    double stepSize,
    List<? extends Regularizer> regularizers) {

  /** Returns the shape of {@code rows} rows of candidates. */
  public Shape candidates(int rows) {
    return Shape.of(rows).plus(modality().candidate().toIntArray());
  }

  /**
   * Thinks as in a training step with gradients through all steps.
   *
   * @param start the initial candidates, [rows, predictions..., width]
   * @param plan the landscape of each step
   * @return the candidate and energy of each step i, {@code candidate.i} and {@code energy.i};
   *     derivatives of the sum of losses: {@code derivative} for the start, {@code derivative.NAME}
   *     for a parameter
   */
  public Map<String, Array> learning(Array start, List<Integer> plan, long seed) {
    Parameters parameters = new Parameters();
    Tensor begin = Tensor.input("start", start.shape(), ElementType.REAL);
    Objective.ObjectiveOutput objectiveOutput = objectiveOutput(begin, plan, parameters);
    Program.Builder program =
        Program.named("learning").output("derivative", Gradients.of(objectiveOutput.loss(), begin));
    List<ThinkingStep.StepOutput> thoughts = objectiveOutput.stepOutputs();
    for (int i = 0; i < thoughts.size(); i++) {
      program.output("candidate." + i, thoughts.get(i).candidate());
      program.output("energy." + i, thoughts.get(i).energy());
    }
    parameters
        .tensors()
        .forEach(
            (name, tensor) ->
                program.output("derivative." + name, Gradients.of(objectiveOutput.loss(), tensor)));
    try (Backend backend = backend(parameters);
        Executable executable = backend.compile(program.build())) {
      return executable.run(Map.of("start", start, "key", Array.of(Shape.of(2), seed, 0L)));
    }
  }

  /** Returns the parameters that an objective output over these steps requests. */
  public Parameters parameters(List<Integer> plan) {
    Parameters parameters = new Parameters();
    objectiveOutput(Tensor.input("start", candidates(1), ElementType.REAL), plan, parameters);
    return parameters;
  }

  /** Thinks as a trained model does and returns the candidates after {@code steps} steps. */
  public Array evaluating(Array start, int steps) {
    int rows = start.shape().size(0);
    try (Backend backend = backend(parameters(List.of(0)));
        Thinker thinker =
            new Thinker(
                backend,
                modality(),
                new QuadraticEnergy(width, curvature),
                thinking(),
                List.copyOf(regularizers),
                rows)) {
      thinker.observe(Map.of(PointModality.CENTRE, Array.filled(candidates(rows), 0)));
      thinker.begin(start);
      for (int i = 0; i < steps; i++) {
        thinker.step();
      }
      return thinker.candidate();
    }
  }

  private Objective.ObjectiveOutput objectiveOutput(
      Tensor start, List<Integer> plan, Parameters parameters) {
    Tensor zeros = Tensor.zeros(start.shape());
    return new EnergyObjective(0, LossAt.EACH, GradientThrough.ALL)
        .output(
            new Objective.ObjectiveInputs(
                modality(),
                new QuadraticEnergy(width, curvature),
                thinking(),
                List.copyOf(regularizers),
                plan,
                NamedTensors.of(PointModality.CENTRE, zeros),
                start,
                zeros,
                Tensor.input("key", Shape.of(2), ElementType.INTEGER),
                parameters));
  }

  private PointModality modality() {
    return new PointModality(predictions, width);
  }

  private ThinkingMethod thinking() {
    return new ThinkingMethod(2, stepSize, true, null, null, null);
  }

  private static Backend backend(Parameters parameters) {
    Backend backend = new CheckedBackend(new ReferenceBackend());
    TrainingStepper.initialize(backend, parameters.specs(), 0);
    return backend;
  }
}
