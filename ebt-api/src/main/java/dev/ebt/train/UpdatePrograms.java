package dev.ebt.train;

import static dev.ebt.tensor.Functions.clamp;
import static dev.ebt.tensor.Functions.sqrt;

import dev.ebt.error.Required;
import dev.ebt.error.SettingException;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.objective.Objective;
import dev.ebt.optimize.ClipByGlobalNorm;
import dev.ebt.optimize.GradientTransform.Transformed;
import dev.ebt.optimize.Optimizer;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.Pointwise;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Sources;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.TensorGraph;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The programs that update the parameters for an objective output: gradients of the loss for every
 * parameter, clipped, and the optimizer's update. With accumulation, one program adds up the
 * gradients of several small batches and another one updates, exactly as if they had been one
 * batch.
 */
final class UpdatePrograms {
  /** Input of the updating program: the number of the step. */
  static final String STEP = "step";

  /** Output of the updating program: the norm of the gradients before clipping. */
  static final String NORM = "gradientNorm";

  private final ParameterUpdateRule rule;

  /** The parameters of the model that change. */
  private final List<ParameterSpec> weights;

  private final List<Tensor> tensors;

  /** What is trained: these parameters, or the factors of their adapters in their place. */
  private final List<ParameterSpec> trainable;

  UpdatePrograms(ParameterUpdateRule rule, Parameters parameters) {
    this.rule = rule;
    this.weights = parameters.specs().stream().filter(rule::learns).toList();
    this.tensors = weights.stream().map(spec -> parameters.tensors().get(spec.name())).toList();
    this.trainable = TrainedFactors.trained(rule, parameters.specs());
  }

  /**
   * Checks that there is something to compute again if that is wanted.
   *
   * @throws SettingException if the model has no boundaries of layers
   */
  void checkRecomputation(Tensor loss) {
    if (rule.recompute()
        && TensorGraph.inOrder(List.of(loss)).stream()
            .noneMatch(node -> node.op() instanceof Pointwise.Barrier)) {
      throw SettingException.of(
          "training.recompute",
          true,
          "false for this model, which marks no layers whose activations can be computed again");
    }
  }

  /** Returns the gradients for what is trained, and then those for further tensors. */
  private List<Tensor> gradients(Tensor loss, List<Tensor> further) {
    List<Tensor> all = new ArrayList<>(tensors);
    all.addAll(further);
    List<Tensor> found = Gradients.of(loss, all);
    List<Tensor> gradients = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      Tensor gradient = found.get(i);
      gradients.addAll(
          rule.trained()
              .adapterOf(weights.get(i))
              .map(adapter -> adapter.gradients(gradient))
              .orElseGet(() -> List.of(gradient)));
    }
    gradients.addAll(found.subList(weights.size(), found.size()));
    return gradients;
  }

  /** Returns the program input for the learning rate of a group. */
  static String rateInput(ParameterSpec.Traits traits) {
    return "learningRate." + traits.rate() + (traits.late() ? ".late" : "");
  }

  /**
   * Returns the optimizer's slots for the parameters, their moving averages, and the factors of
   * adapters.
   */
  static List<Variable> slots(ParameterUpdateRule rule, List<ParameterSpec> specs) {
    List<Variable> slots = new ArrayList<>(initialSlots(rule, specs).keySet());
    TrainedFactors.of(rule, specs).forEach(factor -> slots.add(factor.variable()));
    return slots;
  }

  /** Returns the optimizer's slots and the moving averages, with what fills each at the start. */
  static Map<Variable, Double> initialSlots(ParameterUpdateRule rule, List<ParameterSpec> specs) {
    Map<Variable, Double> slots = new LinkedHashMap<>();
    for (ParameterSpec spec : TrainedFactors.trained(rule, specs)) {
      for (Optimizer.Slot slot : rule.optimizer().slots()) {
        slots.put(slot(spec, slot), slot.initial());
      }
      if (rule.emaDecay() != null) {
        slots.put(MovingAverage.variable(spec), 0.0);
      }
    }
    return slots;
  }

  private static Variable slot(ParameterSpec spec, Optimizer.Slot slot) {
    return Variable.real(
        "optimizer." + slot.name() + "." + spec.name(), slot.shape(spec.shape(), 0));
  }

  /** Returns the program that trains on one batch in one run. */
  Program.Builder whole(Objective.ObjectiveOutput objectiveOutput, Tensor weight) {
    Program.Builder program = Program.named("learn").recompute(rule.recompute());
    Totals totals = totals(objectiveOutput, weight);
    checkRecomputation(Required.of(totals.sums(), Totals.LOSS));
    totals.sums().forEach(program::output);
    move(program, gradients(Required.of(totals.sums(), Totals.LOSS), List.of()), totals.weight());
    return program;
  }

  /** Returns the program that adds one batch's gradients to the accumulators. */
  Program.Builder accumulate(Objective.ObjectiveOutput objectiveOutput, Tensor weight) {
    Program.Builder program = Program.named("accumulate").recompute(rule.recompute());
    Totals totals = totals(objectiveOutput, weight);
    checkRecomputation(Required.of(totals.sums(), Totals.LOSS));
    totals.sums().forEach(program::output);
    accumulate(program, Required.of(totals.sums(), Totals.LOSS), List.of(), List.of());
    return accumulateWeight(program, totals.weight());
  }

  /**
   * Adds a loss's gradients to the accumulators, and its gradients for further tensors to
   * variables.
   *
   * @param from the further tensors
   * @param to a variable for each
   */
  void accumulate(Program.Builder program, Tensor loss, List<Tensor> from, List<Variable> to) {
    List<Variable> sums = new ArrayList<>();
    trainable.forEach(spec -> sums.add(accumulator(spec.name(), spec.shape())));
    sums.addAll(to);
    List<Tensor> gradients = gradients(loss, from);
    for (int i = 0; i < sums.size(); i++) {
      Tensor sum = sums.get(i).read().plus(gradients.get(i));
      boolean unchanged = sum.op() instanceof Sources.Read;
      if (!unchanged) {
        program.update(sums.get(i), sum);
      }
    }
  }

  /** Accumulates the weight that the accumulated gradients will be divided by. */
  static Program.Builder accumulateWeight(Program.Builder program, Tensor weight) {
    Variable count = weightAccumulator();
    return program.update(count, count.read().plus(weight));
  }

  /**
   * Returns the program that updates the parameters with the accumulated gradients and clears them.
   */
  Program moveAccumulated() {
    Program.Builder program = Program.named("move");
    List<Tensor> gradients = new ArrayList<>();
    for (ParameterSpec spec : trainable) {
      Variable sum = accumulator(spec.name(), spec.shape());
      gradients.add(sum.read());
      program.update(sum, Tensor.zeros(spec.shape()));
    }
    Variable count = weightAccumulator();
    program.update(count, Tensor.zeros(Shape.scalar()));
    move(program, gradients, count.read());
    return program.build();
  }

  /** Returns the program of the norm of the accumulated gradients. */
  Program norm() {
    List<Tensor> gradients =
        trainable.stream().map(spec -> accumulator(spec.name(), spec.shape()).read()).toList();
    return Program.named("norm").output(NORM, norm(gradients, weightAccumulator().read())).build();
  }

  private static Tensor norm(List<Tensor> gradients, Tensor weight) {
    return sqrt(gradients.stream().map(g -> g.square().sum()).reduce(Tensor::plus).orElseThrow())
        .divide(weight);
  }

  /** Returns the accumulators, which start at 0. */
  static List<Variable> accumulators(ParameterUpdateRule rule, List<ParameterSpec> specs) {
    List<Variable> all = new ArrayList<>(gradientAccumulators(rule, specs).values());
    all.add(weightAccumulator());
    return all;
  }

  /** Returns the accumulator of the gradient for each trained parameter, by its name. */
  static Map<String, Variable> gradientAccumulators(
      ParameterUpdateRule rule, List<ParameterSpec> specs) {
    Map<String, Variable> all = new LinkedHashMap<>();
    TrainedFactors.trained(rule, specs)
        .forEach(spec -> all.put(spec.name(), accumulator(spec.name(), spec.shape())));
    return all;
  }

  /** Returns the accumulator of the weight, by which accumulated gradients are divided. */
  static Variable weightAccumulator() {
    return accumulator("weight", Shape.scalar());
  }

  private static Variable accumulator(String name, Shape shape) {
    return Variable.real("gradient." + name, shape);
  }

  /**
   * Weighted sums over all predictions of a batch.
   *
   * @param weight the sum of weights, by which all others are to be divided
   */
  record Totals(Map<String, Tensor> sums, Tensor weight) {
    static final String LOSS = "loss";
    static final String WEIGHT = "weight";
  }

  static Totals totals(Objective.ObjectiveOutput objectiveOutput, Tensor weight) {
    Map<String, Tensor> sums = new LinkedHashMap<>();
    sums.put(Totals.LOSS, objectiveOutput.loss().times(weight).sum());
    objectiveOutput.metrics().forEach((name, value) -> sums.put(name, value.times(weight).sum()));
    Tensor total = weight.sum();
    sums.put(Totals.WEIGHT, total);
    return new Totals(sums, total);
  }

  /** Divides the gradients by the weight, clips them, and updates every parameter. */
  private void move(Program.Builder program, List<Tensor> gradients, Tensor weight) {
    Tensor norm = norm(gradients, weight);
    program.output(NORM, norm);
    Tensor factor = Tensor.constant(1).divide(weight);
    boolean global = rule.clip() instanceof ClipByGlobalNorm;
    if (rule.clip() instanceof ClipByGlobalNorm clip) {
      // One multiplication per parameter, by the product of both factors.
      factor = factor.times(clip.factor(norm));
    }
    List<Optimizer.Inputs> inputs = inputs(gradients, factor);
    List<Optimizer.Update> updates = rule.optimizer().moveAll(global ? inputs : clipped(inputs));
    Map<Variable, Tensor> moved = new HashMap<>();
    for (int i = 0; i < trainable.size(); i++) {
      ParameterSpec spec = trainable.get(i);
      Tensor value = bounded(updates.get(i).value(), spec.traits());
      program.update(spec.variable(), value);
      moved.put(spec.variable(), value);
      if (rule.emaDecay() != null) {
        Tensor step = inputs.get(i).step();
        program.update(
            MovingAverage.variable(spec),
            new MovingAverage(rule.emaDecay()).after(spec, value, step));
      }
      for (Optimizer.Slot slot : rule.optimizer().slots()) {
        program.update(slot(spec, slot), Required.of(updates.get(i).slots(), slot.name()));
      }
    }
    for (LowRankAdapter adapter : TrainedFactors.adapters(rule, weights)) {
      Tensor down = Required.of(moved, adapter.down().variable());
      Tensor up = Required.of(moved, adapter.up().variable());
      program.update(adapter.spec().variable(), adapter.merged(down, up));
    }
  }

  private List<Optimizer.Inputs> inputs(List<Tensor> gradients, Tensor factor) {
    Tensor step = Tensor.input(STEP, Shape.scalar(), ElementType.REAL);
    Function<String, Tensor> rate = r -> Tensor.input(r, Shape.scalar(), ElementType.REAL);
    Map<String, Tensor> rates = new HashMap<>();
    List<Optimizer.Inputs> inputs = new ArrayList<>();
    for (int i = 0; i < trainable.size(); i++) {
      ParameterSpec spec = trainable.get(i);
      Map<String, Tensor> slots = new LinkedHashMap<>();
      for (Optimizer.Slot slot : rule.optimizer().slots()) {
        slots.put(slot.name(), slot(spec, slot).read());
      }
      inputs.add(
          new Optimizer.Inputs(
              spec.variable().read(),
              gradients.get(i).times(factor),
              0,
              null,
              slots,
              rates.computeIfAbsent(rateInput(spec.traits()), rate),
              step,
              rule.decays(spec)));
    }
    return inputs;
  }

  /** Applies the clip, which has no state, and leaves the optimizer's slots as they are. */
  private List<Optimizer.Inputs> clipped(List<Optimizer.Inputs> inputs) {
    List<Transformed> transformed =
        rule.clip().transformAll(inputs.stream().map(s -> s.with(s.gradient(), Map.of())).toList());
    List<Optimizer.Inputs> clipped = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      clipped.add(inputs.get(i).with(transformed.get(i).gradient(), inputs.get(i).slots()));
    }
    return clipped;
  }

  private static Tensor bounded(Tensor value, ParameterSpec.Traits traits) {
    boolean free = Double.isInfinite(traits.low()) && Double.isInfinite(traits.high());
    return free ? value : clamp(value, traits.low(), traits.high());
  }
}
