package dev.ebt.train;

import dev.ebt.backend.Executable;
import dev.ebt.error.Required;
import dev.ebt.modality.Batch;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.objective.RowPairing;
import dev.ebt.regularize.Regularizer;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.RandomStream;
import dev.ebt.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The inputs of training steps. All of them but the batches follow from the seed and the number of
 * a step: the plan of thinking steps, the learning rates, and the random keys.
 */
final class StepInputs {
  /** The numbers of random keys that belong to a step, one for each of its batches. */
  private static final long BATCHES = 65536;

  private final TrainingProblem problem;
  private final ParameterUpdateRule rule;
  private final List<ParameterSpec> specs;
  private final long seed;
  private final TrainingPrograms programs;
  private ParameterUpdateRule rates;

  /**
   * Creates the inputs of a training.
   *
   * @param programs compute the initial candidates that rows are paired with
   */
  StepInputs(
      TrainingProblem problem,
      ParameterUpdateRule rule,
      List<ParameterSpec> specs,
      long seed,
      TrainingPrograms programs) {
    this.problem = problem;
    this.rule = rule;
    this.rates = rule;
    this.specs = specs;
    this.seed = seed;
    this.programs = programs;
  }

  /** Returns the number of the first batch of a step, that of the first process. */
  static long firstBatch(long step) {
    return step * BATCHES;
  }

  /** Returns the rule with the present learning rate. */
  ParameterUpdateRule rates() {
    return rates;
  }

  /** Sets the peak learning rate of ordinary parameters. */
  void useLearningRate(double peak) {
    rates = rule.withLearningRate(peak);
  }

  /** Returns the landscape of each thinking step, as regularizers draw it for a training step. */
  List<Integer> plan(long step) {
    List<Integer> plan = problem.objective().stepPlan(problem.thinking());
    RandomGenerator random = RandomStream.STEP_PLAN.generator(seed, step);
    for (Regularizer regularizer : problem.regularizers()) {
      plan = regularizer.stepPlan(plan, random);
    }
    return plan;
  }

  /** Returns the inputs of an update: its number and the learning rates. */
  Map<String, Array> control(long step) {
    Map<String, Array> control = new HashMap<>();
    control.put(UpdatePrograms.STEP, Array.scalar((double) step));
    for (ParameterSpec spec : specs) {
      ParameterSpec.Traits traits = spec.traits();
      control.put(UpdatePrograms.rateInput(traits), Array.scalar(rates.rate(step, traits)));
    }
    return control;
  }

  /**
   * Returns the rows in the order in which the objective pairs them with initial candidates.
   *
   * @param number of the batch, see {@link #firstBatch}
   */
  Batch paired(Batch batch, long number) {
    Optional<RowPairing> pairing = problem.objective().pairing();
    if (pairing.isEmpty()) {
      return batch;
    }
    Map<String, Array> inputs = new HashMap<>(batch.context());
    inputs.put(TrainingStepper.KEY, key(number));
    Executable start = programs.start(batch.rows());
    Array candidates = Required.of(start.run(inputs), TrainingPrograms.START);
    return batch.ordered(pairing.get().order(candidates, batch));
  }

  /**
   * Returns the inputs of a program for a batch, without candidates from replay buffers.
   *
   * @param fresh the rows that are not from replay buffers
   * @param batch all rows
   */
  Map<String, Array> of(Batch fresh, Batch batch, long number, Map<String, Array> control) {
    Map<String, Array> inputs = new HashMap<>(control);
    inputs.putAll(batch.context());
    inputs.put(problem.target().name(), batch.target());
    inputs.put(TrainingStepper.WEIGHT, batch.weight());
    inputs.put(TrainingStepper.KEY, key(number));
    if (problem.objective().startsFromData()) {
      inputs.put(TrainingStepper.INITIAL, InitialCandidates.of(fresh));
    }
    return inputs;
  }

  private Array key(long number) {
    return Array.of(Shape.of(2), seed, number);
  }
}
