package dev.ebt.train;

import dev.ebt.energy.EnergyFunction;
import dev.ebt.energy.EnergyModel;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Sources;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import dev.ebt.think.CandidateVariables;
import dev.ebt.think.ThinkingStep;
import dev.ebt.train.UpdatePrograms.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The programs that teach thinking steps one by one, and the variables that they hand on to each
 * other on the device: the candidates, what was observed, and ∂loss/∂observed of the steps so far.
 * That is what lets the steps share an observation though each is learnt from by itself:
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
  private final Function<Parameters, UpdatePrograms> learnings;
  private final Tensor weight;
  private final Tensor landscape = Tensor.input(LANDSCAPE, Shape.scalar(), ElementType.INTEGER);

  /**
   * Programs for a batch size.
   *
   * @param prefix of the variables' names
   * @param tasks the task of such a batch, asking for these parameters
   * @param learnings what learns them
   * @param weight of each prediction
   */
  StepwisePrograms(
      String prefix,
      Function<Parameters, Objective.ObjectiveInputs> tasks,
      StepwiseObjective stepwise,
      Function<Parameters, UpdatePrograms> learnings,
      Tensor weight) {
    this.prefix = prefix;
    this.tasks = tasks;
    this.stepwise = stepwise;
    this.learnings = learnings;
    this.weight = weight;
  }

  /** All that the other programs are written of. */
  private final class Ground {
    final Parameters parameters = new Parameters();
    final Objective.ObjectiveInputs task = tasks.apply(parameters);
    final EnergyFunction energy =
        new EnergyFunction(task.modality(), (EnergyModel) task.model(), parameters);
    final NamedTensors fresh = energy.observe(task.context(), landscape);
    final ThinkingStep step = new ThinkingStep(energy, task.thinking(), task.regularizers());
    final CandidateVariables variables =
        CandidateVariables.of(
            prefix,
            task.thinking().optimizer(),
            task.initialCandidate().shape(),
            weight.shape().rank());
  }

  /** Whether what is observed depends on the landscape. */
  boolean landscapesDiffer() {
    Ground ground = new Ground();
    return ground.energy.landscapesDiffer(ground.task.context());
  }

  /** Where the candidates are. */
  CandidateVariables candidates() {
    return new Ground().variables;
  }

  /** The initial candidates; the weight of the batch is added up. */
  Program begin() {
    Ground ground = new Ground();
    Program.Builder program =
        ground.variables.update(
            Program.named("begin"), ground.step.begin(ground.task.initialCandidate()));
    program.output(Totals.WEIGHT, weight.sum());
    return UpdatePrograms.accumulateWeight(program, weight.sum()).build();
  }

  /** All that no candidate can change, and no gradient for it yet. */
  Program observe() {
    Program.Builder program = Program.named("observe");
    new Ground()
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

  /** A step in this role. */
  Program step(StepwiseObjective.Role role) {
    Ground ground = new Ground();
    Objective.ObjectiveInputs task = ground.task;
    NamedTensors observed =
        ground.fresh.map(
            (name, tensor) -> resides(tensor) ? observed(name, tensor).read() : tensor);
    ThinkingStep.StepOutput thought =
        ground.step.take(
            observed,
            ground.variables.read().detached(),
            landscape,
            ground.step.stepSizes(weight.shape(), task.key()),
            asStep(role),
            Tensor.input(STEP_KEY, Shape.of(2), ElementType.INTEGER));
    Program.Builder program =
        ground.variables.update(
            Program.named(role.learns() ? "learnStep" : "plainStep"), thought.state());
    if (role.learns() || role.first()) {
      Objective.ObjectiveOutput lesson =
          stepwise.output(
              task,
              role,
              new StepwiseObjective.StepInputs(ground.energy, observed, landscape, thought));
      UpdatePrograms.totals(lesson, weight)
          .sums()
          .forEach(
              (name, sum) -> {
                if (!name.equals(Totals.WEIGHT) && (role.learns() || !name.equals(Totals.LOSS))) {
                  program.output(name, sum);
                }
              });
      if (role.learns()) {
        learn(program, ground, lesson.loss().times(weight).sum());
      }
    }
    return program.build();
  }

  /** All that teaching so many steps takes, each once. */
  List<Program> all(int steps) {
    List<Program> all = new ArrayList<>(List.of(begin(), observe(), learnObserved()));
    IntStream.range(0, steps)
        .mapToObj(i -> stepwise.role(i, steps))
        .distinct()
        .map(this::step)
        .forEach(all::add);
    return all;
  }

  /** What the programs of a role know of their place: whether it is the first one. */
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
    learnings.apply(ground.parameters).accumulate(program, loss, from, to);
  }

  /** What the steps' gradients for their observation are for the parameters. */
  Program learnObserved() {
    Ground ground = new Ground();
    Tensor product =
        ground.fresh.toMap().entrySet().stream()
            .filter(e -> resides(e.getValue()) && e.getValue().type() == ElementType.REAL)
            .map(e -> e.getValue().times(gradient(e.getKey(), e.getValue()).read()).sum())
            .reduce(Tensor::plus)
            .orElseThrow();
    Program.Builder program = Program.named("learnObserved");
    learnings.apply(ground.parameters).accumulate(program, product, List.of(), List.of());
    return program.build();
  }

  /** What is the same for all contexts is written into every program. */
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
