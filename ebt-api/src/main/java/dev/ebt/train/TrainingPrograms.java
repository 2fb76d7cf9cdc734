package dev.ebt.train;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.ProcessGroup;
import dev.ebt.error.UserException;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.objective.Objective;
import dev.ebt.objective.StepwiseObjective;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The programs of a {@link TrainingStepper}, each compiled on first use, and the gradient
 * accumulators. There is one program per number of rows and plan of thinking steps.
 */
final class TrainingPrograms implements AutoCloseable {
  /** The program of the initial candidates, and its output. */
  static final String START = "start";

  private final TrainingProblem trainingProblem;
  private final Backend backend;
  private final ParameterUpdateRule rule;
  private final List<ParameterSpec> specs;
  private final ReplayBuffers keeps;
  private final @Nullable TracedObjective trace;
  private final Map<Object, Executable> compiled = new HashMap<>();
  private final Map<Object, StepwiseTrainer> steppers = new HashMap<>();
  private boolean accumulatorsReady;

  /**
   * Creates the programs without compiling any.
   *
   * @param keeps the buffers for which programs also return final candidates
   * @param trace a trace of the problem, if there is one
   */
  TrainingPrograms(
      TrainingProblem trainingProblem,
      Backend backend,
      ParameterUpdateRule rule,
      List<ParameterSpec> specs,
      ReplayBuffers keeps,
      @Nullable TracedObjective trace) {
    this.trace = trace;
    this.trainingProblem = trainingProblem;
    this.backend = backend;
    this.rule = rule;
    this.specs = specs;
    this.keeps = keeps;
  }

  /**
   * Returns the program that trains on one batch: fresh rows followed by rows from replay buffers.
   */
  Executable program(int fresh, int recalled, List<Integer> plan, boolean accumulating) {
    return compiled.computeIfAbsent(
        List.of(fresh, recalled, plan, accumulating),
        absent -> {
          if (accumulating) {
            readyAccumulators();
          }
          return backend.compile(
              traced(fresh, recalled, plan, accumulating)
                  .orElseGet(() -> build(fresh, recalled, plan, accumulating)));
        });
  }

  private Optional<Program> traced(
      int fresh, int recalled, List<Integer> plan, boolean accumulating) {
    return trace == null || !keeps.none()
        ? Optional.empty()
        : trace.program(fresh, recalled, plan, accumulating);
  }

  private Program build(int fresh, int recalled, List<Integer> plan, boolean accumulating) {
    Parameters parameters = new Parameters();
    Objective.ObjectiveOutput output = trainingProblem.trace(fresh, recalled, plan, parameters);
    Tensor weight = trainingProblem.weight(fresh + recalled);
    UpdatePrograms updates = learning(parameters);
    Program.Builder program =
        accumulating ? updates.accumulate(output, weight) : updates.whole(output, weight);
    int kept = keeps.kept(fresh, recalled);
    if (kept > 0) {
      program.output(TrainingStepper.FINAL_CANDIDATES, ending(output).slice(0, 0, kept));
    }
    return program.build();
  }

  /** Returns the program that computes the initial candidates of a batch. */
  Executable start(int rows) {
    return compiled.computeIfAbsent(
        List.of(START, rows),
        absent ->
            backend.compile(
                Program.named(START)
                    .output(
                        START,
                        trainingProblem
                            .task(rows, 0, List.of(), new Parameters())
                            .initialCandidate())
                    .build()));
  }

  /** Returns the trainer of such a batch that takes thinking steps one by one. */
  StepwiseTrainer stepByStep(int fresh, int recalled, StepwiseObjective stepwise) {
    return steppers.computeIfAbsent(
        List.of(fresh, recalled),
        absent -> {
          readyAccumulators();
          StepwisePrograms programs =
              Optional.ofNullable(trace)
                  .flatMap(traced -> traced.stepwise(fresh, recalled, stepwise))
                  .orElseGet(
                      () -> trainingProblem.stepwisePrograms(fresh, recalled, stepwise, rule));
          return new StepwiseTrainer(backend, stepwise, programs);
        });
  }

  private void readyAccumulators() {
    if (!accumulatorsReady) {
      clearAccumulators();
    }
  }

  /** Sets the accumulated gradients to 0. */
  void clearAccumulators() {
    accumulators().forEach(sum -> backend.assign(sum, Array.filled(sum.shape(), 0)));
    accumulatorsReady = true;
  }

  /** Replaces the accumulated gradients and their weight by the sums over processes. */
  void sumAccumulators(ProcessGroup processes) {
    if (processes.size() > 1) {
      processes.sum(accumulators());
    }
  }

  /** Returns the accumulated gradients by parameter, divided by their weight, and clears them. */
  Map<String, Array> takeAccumulated() {
    double weight = backend.read(UpdatePrograms.weightAccumulator()).item();
    Map<String, Array> gradients = new LinkedHashMap<>();
    UpdatePrograms.gradientAccumulators(rule, specs)
        .forEach(
            (name, sum) -> {
              double[] values = backend.read(sum).doubles();
              gradients.put(
                  name,
                  Array.of(
                      sum.shape(), Arrays.stream(values).map(value -> value / weight).toArray()));
            });
    clearAccumulators();
    return gradients;
  }

  private List<Variable> accumulators() {
    return UpdatePrograms.accumulators(rule, specs);
  }

  private UpdatePrograms learning(Parameters parameters) {
    return new UpdatePrograms(rule, parameters);
  }

  /** Returns the final candidates. */
  private static Tensor ending(Objective.ObjectiveOutput objectiveOutput) {
    if (objectiveOutput.stepOutputs().isEmpty()) {
      throw new UserException(
          "a regularizer remembers where thinking ended, and this objective does not think");
    }
    return objectiveOutput.stepOutputs().get(objectiveOutput.stepOutputs().size() - 1).candidate();
  }

  private Parameters parameters() {
    if (trace != null) {
      return trace.parameterTensors();
    }
    Parameters parameters = new Parameters();
    trainingProblem.trace(
        1, trainingProblem.objective().stepPlan(trainingProblem.thinking()), parameters);
    return parameters;
  }

  /** Returns the program that updates the parameters with the accumulated gradients. */
  Executable move() {
    return compiled.computeIfAbsent(
        "move", absent -> backend.compile(learning(parameters()).moveAccumulated()));
  }

  /** Returns the program of the norm of the accumulated gradients. */
  Executable norm() {
    return compiled.computeIfAbsent(
        "norm", absent -> backend.compile(learning(parameters()).norm()));
  }

  /** Returns the total size of the programs, in operations of the backend. */
  int operations() {
    return compiled.values().stream().mapToInt(Executable::operations).sum()
        + steppers.values().stream().mapToInt(StepwiseTrainer::operations).sum();
  }

  @Override
  public void close() {
    new ArrayList<>(compiled.values()).forEach(Executable::close);
    compiled.clear();
    steppers.values().forEach(StepwiseTrainer::close);
    steppers.clear();
    if (accumulatorsReady) {
      backend.release(accumulators());
      accumulatorsReady = false;
    }
  }
}
