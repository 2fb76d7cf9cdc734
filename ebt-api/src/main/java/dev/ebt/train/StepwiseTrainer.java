package dev.ebt.train;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.error.Required;
import dev.ebt.objective.StepwiseObjective;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Variable;
import dev.ebt.think.CandidateVariables;
import dev.ebt.train.UpdatePrograms.Totals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A trainer that runs a batch one thinking step after another, in a loop on the host. Gradients add
 * up in the accumulators; the caller updates the parameters with them. Any number of steps takes
 * the memory of one, and the same few programs.
 */
final class StepwiseTrainer implements AutoCloseable {
  private final Backend backend;
  private final StepwiseObjective stepwise;
  private final StepwisePrograms programs;
  private final boolean landscapesDiffer;
  private final Set<Variable> variables = new LinkedHashSet<>();
  private final Executable begin;
  private final Executable observe;
  private final Executable learnObserved;
  private final Map<StepwiseObjective.Role, Executable> steps = new HashMap<>();

  StepwiseTrainer(Backend backend, StepwiseObjective stepwise, StepwisePrograms programs) {
    this.backend = backend;
    this.stepwise = stepwise;
    this.programs = programs;
    this.landscapesDiffer = programs.landscapesDiffer();
    Program observing = programs.observe();
    this.begin = backend.compile(programs.begin());
    this.observe = backend.compile(observing);
    this.learnObserved = backend.compile(programs.learnObserved());
    variables.addAll(observing.updates().keySet());
    variables.addAll(programs.candidates().all());
  }

  /**
   * Computes and accumulates the gradients of a batch.
   *
   * @param given the batch and its key, as for a program of all steps
   * @param count number of rows, counted from the first, whose final candidates are returned
   * @return weighted sums of the loss and of every metric; with {@code count} above 0 also the
   *     final candidates
   */
  Map<String, Array> learn(List<Integer> plan, Map<String, Array> given, int count) {
    Map<String, Array> sums = new LinkedHashMap<>(begin.run(given));
    double loss = 0;
    int observed = -1;
    boolean taught = false;
    Map<String, Array> inputs = new HashMap<>(given);
    for (int i = 0; i < plan.size(); i++) {
      int wanted = landscapesDiffer ? plan.get(i) : 0;
      if (wanted != observed) {
        learnObserved(taught, inputs);
        inputs.put(StepwisePrograms.LANDSCAPE, Array.scalar((long) wanted));
        observe.run(inputs);
        observed = wanted;
        taught = false;
      }
      StepwiseObjective.Role role = stepwise.role(i, plan.size());
      inputs.put(StepwisePrograms.LANDSCAPE, Array.scalar((long) plan.get(i)));
      inputs.put(
          StepwisePrograms.STEP_KEY,
          ThinkingStep.key(
              Required.of(given, TrainingStepper.KEY), i - StepwisePrograms.asStep(role)));
      inputs.put(CandidateVariables.STEPS, Array.scalar((double) i));
      inputs.putAll(stepwise.inputs(i, plan.size()));
      sums.putAll(step(role).run(inputs));
      if (role.learns()) {
        loss += Required.of(sums, Totals.LOSS).item();
        taught = true;
      }
    }
    learnObserved(taught, inputs);
    sums.put(Totals.LOSS, Array.scalar(loss));
    if (count > 0) {
      sums.put(
          TrainingStepper.FINAL_CANDIDATES,
          backend.read(programs.candidates().candidate()).slice(0, count));
    }
    return sums;
  }

  /**
   * Backpropagates the gradients of the steps since the last observation through it, if there are
   * any.
   */
  private void learnObserved(boolean taught, Map<String, Array> inputs) {
    if (taught) {
      learnObserved.run(inputs);
    }
  }

  private Executable step(StepwiseObjective.Role role) {
    return steps.computeIfAbsent(role, absent -> backend.compile(programs.step(absent)));
  }

  /** Returns the total number of operations of the programs. */
  int operations() {
    int steps = this.steps.values().stream().mapToInt(Executable::operations).sum();
    return steps + begin.operations() + observe.operations() + learnObserved.operations();
  }

  /** Frees the programs and their variables. */
  @Override
  public void close() {
    List<Executable> all = new ArrayList<>(steps.values());
    all.addAll(List.of(begin, observe, learnObserved));
    all.forEach(Executable::close);
    backend.release(variables);
  }
}
