package dev.ebt.train;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.error.UserException;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.optimize.Optimizer;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The programs of a {@link TrainingStepper}, each compiled when it is first asked for, and what
 * gradients add up in. There is one per number of rows and plan of thinking steps.
 */
final class TrainingPrograms implements AutoCloseable {
  private final TrainingProblem lessons;
  private final Backend backend;
  private final Optimizer optimizer;
  private final Compatibility compatibility;
  private final double clip;
  private final List<ParameterSpec> specs;
  private final boolean keeps;
  private final Map<Object, Executable> compiled = new HashMap<>();
  private final Map<Object, StepwiseTrainer> steppers = new HashMap<>();
  private boolean accumulatorsReady;

  /**
   * Nothing is compiled yet.
   *
   * @param keeps whether programs also tell where the thinking of fresh rows ended
   */
  TrainingPrograms(
      TrainingProblem lessons,
      Backend backend,
      Optimizer optimizer,
      Compatibility compatibility,
      double clip,
      List<ParameterSpec> specs,
      boolean keeps) {
    this.lessons = lessons;
    this.backend = backend;
    this.optimizer = optimizer;
    this.compatibility = compatibility;
    this.clip = clip;
    this.specs = specs;
    this.keeps = keeps;
  }

  /** Learns from one batch: from so many fresh rows, and after them rows that are recalled. */
  Executable program(int fresh, int recalled, List<Integer> plan, boolean accumulating) {
    return compiled.computeIfAbsent(
        List.of(fresh, recalled, plan, accumulating),
        absent -> {
          Parameters parameters = new Parameters();
          Objective.ObjectiveOutput lesson = lessons.trace(fresh, recalled, plan, parameters);
          Tensor weight = lessons.weight(fresh + recalled);
          UpdatePrograms learning = learning(parameters);
          if (accumulating) {
            readyAccumulators();
          }
          Program.Builder program =
              accumulating ? learning.accumulate(lesson, weight) : learning.whole(lesson, weight);
          if (keeps) {
            program.output(TrainingStepper.KEPT, ending(lesson).slice(0, 0, fresh));
          }
          return backend.compile(program.build());
        });
  }

  /** The same, taught step by step. */
  StepwiseTrainer stepByStep(int fresh, int recalled, StepwiseObjective stepwise) {
    return steppers.computeIfAbsent(
        List.of(fresh, recalled),
        absent -> {
          readyAccumulators();
          List<Integer> plan = lessons.objective().stepPlan(lessons.thinking());
          return new StepwiseTrainer(
              backend,
              stepwise,
              new StepwisePrograms(
                  String.format(Locale.ROOT, "teaching.%d.%d.", fresh, recalled),
                  parameters -> lessons.task(fresh, recalled, plan, parameters),
                  stepwise,
                  this::learning,
                  lessons.weight(fresh + recalled)));
        });
  }

  private void readyAccumulators() {
    if (!accumulatorsReady) {
      clearAccumulators();
    }
  }

  /** Forgets the gradients that have added up. */
  void clearAccumulators() {
    accumulators().forEach(sum -> backend.assign(sum, Array.filled(sum.shape(), 0)));
    accumulatorsReady = true;
  }

  private List<Variable> accumulators() {
    return UpdatePrograms.accumulators(compatibility, specs);
  }

  private UpdatePrograms learning(Parameters parameters) {
    return new UpdatePrograms(optimizer, clip, compatibility, parameters);
  }

  /** Where thinking ended. */
  private static Tensor ending(Objective.ObjectiveOutput lesson) {
    if (lesson.thoughts().isEmpty()) {
      throw new UserException(
          "a regularizer remembers where thinking ended, and this objective does not think");
    }
    return lesson.thoughts().get(lesson.thoughts().size() - 1).candidate();
  }

  /** Moves the parameters by what gradients have added up to. */
  Executable move() {
    return compiled.computeIfAbsent(
        "move",
        absent -> {
          Parameters parameters = new Parameters();
          lessons.trace(1, lessons.objective().stepPlan(lessons.thinking()), parameters);
          return backend.compile(learning(parameters).moveAccumulated());
        });
  }

  /** How large the programs are together, in operations of the backend. */
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
