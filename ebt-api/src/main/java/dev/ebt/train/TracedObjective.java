package dev.ebt.train;

import static java.util.Objects.requireNonNull;

import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.objective.Objective;
import dev.ebt.objective.StepwiseObjective;
import dev.ebt.tensor.OperationCount;
import dev.ebt.tensor.Program;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The trace of a training problem: the objective of one batch as tensors, made on first use and
 * shared by all that is derived from it: the list of parameters, the memory estimate and the first
 * programs of a {@link TrainingStepper}.
 *
 * <p>Thinking needs a second trace of the model. Its programs read the observation and the
 * candidates from variables and leave out the loss, so that no graph of theirs is part of this one;
 * their number of rows differs, too.
 */
public final class TracedObjective {
  private final TrainingProblem problem;
  private final Supplier<List<ParameterSpec>> predicting;
  private final ParameterUpdateRule rule;
  private final int rows;
  private final boolean accumulating;
  private final List<Integer> plan;
  private final Optional<StepwiseObjective> stepwise;
  private Optional<StepwisePrograms> stepwisePrograms;
  private @Nullable Traced traced;
  private @Nullable Program program;
  private @Nullable TrainingMemory memory;

  /**
   * The parameters that the objective uses, and its output.
   *
   * @param output null for a stepwise objective, whose steps are traced one by one
   */
  private record Traced(
      TrainingProblem problem,
      Parameters parameters,
      Objective.@Nullable ObjectiveOutput output,
      List<ParameterSpec> specs) {}

  /**
   * Creates a trace of batches of {@code rows} rows, without tracing yet.
   *
   * @param predicting supplies the parameters that predicting reads, once the objective was traced:
   *     one that cannot train the model is refused first
   * @param accumulating whether gradients of several batches are accumulated
   */
  public TracedObjective(
      TrainingProblem problem,
      Supplier<List<ParameterSpec>> predicting,
      ParameterUpdateRule rule,
      int rows,
      boolean accumulating) {
    this.problem = problem;
    this.predicting = predicting;
    this.rule = rule;
    this.rows = rows;
    this.accumulating = accumulating;
    this.plan = problem.objective().stepPlan(problem.thinking());
    this.stepwise = problem.stepwise(plan, TrainingStepper.WHOLE_STEPS);
    this.stepwisePrograms = newStepwisePrograms();
  }

  private Optional<StepwisePrograms> newStepwisePrograms() {
    return stepwise.map(objective -> problem.stepwisePrograms(rows, 0, objective, rule));
  }

  private Traced traced() {
    Traced made = traced;
    if (made == null) {
      Parameters parameters;
      Objective.ObjectiveOutput output = null;
      if (stepwisePrograms.isPresent()) {
        parameters = stepwisePrograms.get().parameters(plan.size());
      } else {
        parameters = new Parameters();
        output = problem.trace(rows, plan, parameters);
      }
      TrainingProblem whole =
          problem.objective().requestsAllParameters()
              ? problem
              : problem.withPredictionParameters(predicting.get());
      made = new Traced(whole, parameters, output, whole.all(parameters.specs()));
      traced = made;
    }
    return made;
  }

  /** Discards the trace: the modality has other fitted values now. */
  public void discard() {
    traced = null;
    program = null;
    memory = null;
    stepwisePrograms = newStepwisePrograms();
  }

  /** Returns the problem, with the parameters that predicting reads. */
  public TrainingProblem problem() {
    return traced().problem();
  }

  ParameterUpdateRule rule() {
    return rule;
  }

  /**
   * Returns the parameters of the objective, in the order in which the model requests them, and
   * then those that only predicting reads.
   */
  public List<ParameterSpec> parameters() {
    return traced().specs();
  }

  /** Returns the parameters of the objective as tensors. */
  Parameters parameterTensors() {
    return traced().parameters();
  }

  /**
   * Returns the program that trains on one batch; empty for a batch of another kind than the traced
   * one.
   */
  Optional<Program> program(int fresh, int recalled, List<Integer> ofPlan, boolean accumulates) {
    return stepwise.isEmpty()
            && fresh == rows
            && recalled == 0
            && accumulates == accumulating
            && ofPlan.equals(plan)
        ? Optional.of(program())
        : Optional.empty();
  }

  /**
   * Returns the programs that train on one batch step by step; empty for a batch or an objective of
   * another kind than the traced one.
   */
  Optional<StepwisePrograms> stepwise(int fresh, int recalled, StepwiseObjective objective) {
    return fresh == rows && recalled == 0 && stepwise.filter(objective::equals).isPresent()
        ? stepwisePrograms
        : Optional.empty();
  }

  private Program program() {
    Program made = program;
    if (made == null) {
      UpdatePrograms updates = updates(traced().parameters());
      Objective.ObjectiveOutput output = requireNonNull(traced().output());
      made =
          (accumulating
                  ? updates.accumulate(output, problem.weight(rows))
                  : updates.whole(output, problem.weight(rows)))
              .build();
      program = made;
    }
    return made;
  }

  /** Returns an estimate of the memory that training takes. */
  public TrainingMemory memory() {
    TrainingMemory made = memory;
    if (made == null) {
      List<Program> programs =
          stepwisePrograms.map(all -> all.all(plan.size())).orElseGet(() -> List.of(program()));
      made =
          TrainingMemory.of(
              programs,
              accumulating || stepwise.isPresent()
                  ? Optional.of(updates(traced().parameters()).moveAccumulated())
                  : Optional.empty(),
              parameters(),
              UpdatePrograms.slots(rule, parameters()));
      memory = made;
    }
    return made;
  }

  /**
   * Returns the floating-point operations of training on one batch, with the thinking steps of the
   * objective, of which regularizers may draw other numbers; empty for an objective whose steps are
   * programs of their own. Where gradients of several batches are accumulated, the update itself is
   * not included.
   */
  public Optional<OperationCount> operations() {
    return stepwise.isPresent() ? Optional.empty() : Optional.of(OperationCount.of(program()));
  }

  private UpdatePrograms updates(Parameters parameters) {
    return new UpdatePrograms(rule, parameters);
  }
}
