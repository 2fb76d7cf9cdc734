package dev.ebt.train;

import dev.ebt.energy.EnergyFunction;
import dev.ebt.energy.EnergyModel;
import dev.ebt.nn.Parameters;
import dev.ebt.objective.Objective;
import dev.ebt.objective.StepwiseObjective;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Sources;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import dev.ebt.think.CandidateVariables;
import dev.ebt.train.UpdatePrograms.Totals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The programs that train thinking steps one by one, and the variables that they share on the
 * device: the candidates, the observation, and ∂loss/∂observed of the steps so far. With these,
 * steps share an observation although each is differentiated separately:
 *
 * <pre>
 * ∂loss/∂θ = Σᵢ ∂lossᵢ/∂θ (observed as a constant) + (Σᵢ ∂lossᵢ/∂observed) · ∂observed/∂θ
 * </pre>
 */
final class StepwisePrograms {
  static final String LANDSCAPE = "landscape";
  static final String STEP_KEY = "stepKey";

  private final String prefix;
  private final Function<Parameters, Objective.ObjectiveInputs> tasks;
  private final StepwiseObjective stepwise;
  private final ParameterUpdateRule rule;
  private final Tensor weight;
  private final Tensor landscape = Tensor.input(LANDSCAPE, Shape.scalar(), ElementType.INTEGER);
  private final Map<StepwiseObjective.Role, Program> steps = new HashMap<>();
  private @Nullable Ground traced;

  /**
   * Creates the programs for a batch size.
   *
   * @param prefix prefix of the variables' names
   * @param tasks returns the objective inputs of such a batch for given parameters
   * @param rule by which gradients update the parameters
   * @param weight of each prediction
   */
  StepwisePrograms(
      String prefix,
      Function<Parameters, Objective.ObjectiveInputs> tasks,
      StepwiseObjective stepwise,
      ParameterUpdateRule rule,
      Tensor weight) {
    this.prefix = prefix;
    this.tasks = tasks;
    this.stepwise = stepwise;
    this.rule = rule;
    this.weight = weight;
  }

  /**
   * The tensors and variables that the programs are built from: the observation is traced once for
   * all of them.
   */
  private final class Ground {
    final Parameters parameters = new Parameters();
    final Objective.ObjectiveInputs task = tasks.apply(parameters);
    final EnergyFunction energy =
        new EnergyFunction(task.modality(), (EnergyModel) task.model(), parameters);
    final ThinkingStep step = new ThinkingStep(energy, task.thinking(), task.regularizers());
    final ThinkingStep.StepSizes stepSizes = step.stepSizes(weight.shape(), task.key());
    final NamedTensors fresh = energy.observe(task.context(), landscape);
    final CandidateVariables variables =
        CandidateVariables.of(
            prefix,
            task.thinking().optimizer(),
            task.initialCandidate().shape(),
            weight.shape().rank());
  }

  private Ground ground() {
    Ground made = traced;
    if (made == null) {
      made = new Ground();
      traced = made;
    }
    return made;
  }

  /** Returns whether the observation depends on the landscape. */
  boolean landscapesDiffer() {
    return EnergyFunction.dependsOn(ground().fresh, landscape);
  }

  /** Returns the parameters that the programs for training {@code steps} thinking steps use. */
  Parameters parameters(int steps) {
    all(steps);
    return ground().parameters;
  }

  /** Returns the variables of the candidates. */
  CandidateVariables candidates() {
    return ground().variables;
  }

  /** Returns the program that sets the initial candidates and accumulates the batch's weight. */
  Program begin() {
    Ground ground = ground();
    Program.Builder program =
        ground.variables.update(
            Program.named("begin"), ground.step.begin(ground.task.initialCandidate()));
    program.output(Totals.WEIGHT, weight.sum());
    return UpdatePrograms.accumulateWeight(program, weight.sum()).build();
  }

  /**
   * Returns the program that computes the observation, everything independent of the candidate, and
   * clears the gradient for it.
   */
  Program observe() {
    Program.Builder program = Program.named("observe");
    ground()
        .fresh
        .toMap()
        .forEach(
            (name, tensor) -> {
              if (resides(tensor)) {
                program.update(observed(name, tensor), tensor);
                if (tensor.type() == ElementType.REAL) {
                  program.update(gradient(name, tensor), Tensor.zeros(tensor.shape()));
                }
              }
            });
    return program.build();
  }

  /** Returns the program of a step in the given role, which is traced once. */
  Program step(StepwiseObjective.Role role) {
    return steps.computeIfAbsent(role, this::traceStep);
  }

  private Program traceStep(StepwiseObjective.Role role) {
    Ground ground = ground();
    Objective.ObjectiveInputs task = ground.task;
    NamedTensors observed =
        ground.fresh.map(
            (name, tensor) -> resides(tensor) ? observed(name, tensor).read() : tensor);
    ThinkingStep.StepOutput stepOutput =
        ground.step.take(
            observed,
            ground.variables.read().detached(),
            landscape,
            ground.stepSizes,
            asStep(role),
            Tensor.input(STEP_KEY, Shape.of(2), ElementType.INTEGER));
    Program.Builder program =
        ground.variables.update(
            Program.named(role.learns() ? "learnStep" : "plainStep")
                .recompute(role.learns() && rule.recompute()),
            stepOutput.state());
    if (role.learns() || role.first()) {
      Objective.ObjectiveOutput objectiveOutput =
          stepwise.output(
              task,
              role,
              new StepwiseObjective.StepInputs(ground.energy, observed, landscape, stepOutput));
      UpdatePrograms.totals(objectiveOutput, weight)
          .sums()
          .forEach(
              (name, sum) -> {
                if (!name.equals(Totals.WEIGHT) && (role.learns() || !name.equals(Totals.LOSS))) {
                  program.output(name, sum);
                }
              });
      if (role.learns()) {
        learn(program, ground, objectiveOutput.loss().times(weight).sum());
      }
    }
    return program.build();
  }

  /** Returns the distinct programs for training {@code steps} thinking steps. */
  List<Program> all(int steps) {
    List<Program> all = new ArrayList<>(List.of(begin(), observe(), learnObserved()));
    IntStream.range(0, steps)
        .mapToObj(i -> stepwise.role(i, steps))
        .distinct()
        .map(this::step)
        .forEach(all::add);
    return all;
  }

  /**
   * Returns the step number used in the programs of a role: 0 for the first step, 1 for later ones.
   */
  static int asStep(StepwiseObjective.Role role) {
    return role.first() ? 0 : 1;
  }

  private void learn(Program.Builder program, Ground ground, Tensor loss) {
    List<Tensor> from = new ArrayList<>();
    List<Variable> to = new ArrayList<>();
    ground
        .fresh
        .toMap()
        .forEach(
            (name, tensor) -> {
              if (resides(tensor) && tensor.type() == ElementType.REAL) {
                from.add(observed(name, tensor).read());
                to.add(gradient(name, tensor));
              }
            });
    UpdatePrograms updates = new UpdatePrograms(rule, ground.parameters);
    updates.checkRecomputation(loss);
    updates.accumulate(program, loss, from, to);
  }

  /**
   * Returns the program that backpropagates the steps' gradients for their observation to the
   * parameters.
   */
  Program learnObserved() {
    Ground ground = ground();
    Tensor product =
        ground.fresh.toMap().entrySet().stream()
            .filter(e -> resides(e.getValue()) && e.getValue().type() == ElementType.REAL)
            .map(e -> e.getValue().times(gradient(e.getKey(), e.getValue()).read()).sum())
            .reduce(Tensor::plus)
            .orElseThrow();
    Program.Builder program = Program.named("learnObserved").recompute(rule.recompute());
    new UpdatePrograms(rule, ground.parameters).accumulate(program, product, List.of(), List.of());
    return program.build();
  }

  /**
   * Returns whether a tensor is stored in a variable: tensors that are the same for all contexts
   * are constants of every program.
   */
  private static boolean resides(Tensor tensor) {
    return !(tensor.op() instanceof Sources.Constant);
  }

  private Variable observed(String name, Tensor tensor) {
    return new Variable(prefix + "observed." + name, tensor.shape(), tensor.type());
  }

  private Variable gradient(String name, Tensor tensor) {
    return Variable.real(prefix + "observedGradient." + name, tensor.shape());
  }
}
