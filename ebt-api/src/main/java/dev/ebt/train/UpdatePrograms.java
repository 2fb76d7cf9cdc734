package dev.ebt.train;

import static dev.ebt.tensor.Functions.clamp;
import static dev.ebt.tensor.Functions.minimum;
import static dev.ebt.tensor.Functions.sqrt;

import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.optimize.Optimizer;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Sources;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The programs that update the parameters for an objective output: gradients of the loss for every
 * parameter, clipped by global norm, and the optimizer's update. With accumulation, one program
 * adds up the gradients of several small batches and another one updates, exactly as if they had
 * been one batch.
 */
final class UpdatePrograms {
  /** Input of the updating program: the number of the step. */
  static final String STEP = "step";

  private final Optimizer optimizer;
  private final double clip;
  private final Compatibility compatibility;
  private final List<ParameterSpec> learnt;
  private final List<Tensor> tensors;

  UpdatePrograms(
      Optimizer optimizer, double clip, Compatibility compatibility, Parameters parameters) {
    this.optimizer = optimizer;
    this.clip = clip;
    this.compatibility = compatibility;
    this.learnt = learnt(compatibility, parameters.specs());
    this.tensors = learnt.stream().map(spec -> parameters.tensors().get(spec.name())).toList();
  }

  private static List<ParameterSpec> learnt(
      Compatibility compatibility, List<ParameterSpec> specs) {
    return specs.stream().filter(compatibility::learns).toList();
  }

  /** Returns the program input for the learning rate of a group. */
  static String rateInput(ParameterSpec.Traits traits) {
    return "learningRate." + traits.rate() + (traits.late() ? ".late" : "");
  }

  /** Returns the optimizer's slots for the parameters. */
  static List<Variable> slots(
      Optimizer optimizer, Compatibility compatibility, List<ParameterSpec> specs) {
    return List.copyOf(initialSlots(optimizer, compatibility, specs).keySet());
  }

  /** Returns the optimizer's slots with their initial values. */
  static Map<Variable, Array> initialSlots(
      Optimizer optimizer, Compatibility compatibility, List<ParameterSpec> specs) {
    Map<Variable, Array> slots = new LinkedHashMap<>();
    for (ParameterSpec spec : learnt(compatibility, specs)) {
      for (Optimizer.Slot slot : optimizer.slots()) {
        Variable variable = slot(spec, slot);
        slots.put(variable, Array.filled(variable.shape(), slot.initial()));
      }
    }
    return slots;
  }

  private static Variable slot(ParameterSpec spec, Optimizer.Slot slot) {
    return Variable.real(
        "optimizer." + slot.name() + "." + spec.name(), slot.shape(spec.shape(), 0));
  }

  /** Returns the program that trains on one batch in one run. */
  Program.Builder whole(Objective.ObjectiveOutput lesson, Tensor weight) {
    Program.Builder program = Program.named("learn");
    Totals totals = totals(lesson, weight);
    totals.sums().forEach(program::output);
    move(program, Gradients.of(totals.sums().get(Totals.LOSS), tensors), totals.weight());
    return program;
  }

  /** Returns the program that adds one batch's gradients to the accumulators. */
  Program.Builder accumulate(Objective.ObjectiveOutput lesson, Tensor weight) {
    Program.Builder program = Program.named("accumulate");
    Totals totals = totals(lesson, weight);
    totals.sums().forEach(program::output);
    accumulate(program, totals.sums().get(Totals.LOSS), List.of(), List.of());
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
    List<Tensor> all = new ArrayList<>(tensors);
    all.addAll(from);
    List<Variable> sums = new ArrayList<>();
    learnt.forEach(spec -> sums.add(accumulator(spec.name(), spec.shape())));
    sums.addAll(to);
    List<Tensor> gradients = Gradients.of(loss, all);
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
    Variable count = accumulator("weight", Shape.scalar());
    return program.update(count, count.read().plus(weight));
  }

  /**
   * Returns the program that updates the parameters with the accumulated gradients and clears them.
   */
  Program moveAccumulated() {
    Program.Builder program = Program.named("move");
    List<Tensor> gradients = new ArrayList<>();
    for (ParameterSpec spec : learnt) {
      Variable sum = accumulator(spec.name(), spec.shape());
      gradients.add(sum.read());
      program.update(sum, Tensor.zeros(spec.shape()));
    }
    Variable count = accumulator("weight", Shape.scalar());
    program.update(count, Tensor.zeros(Shape.scalar()));
    move(program, gradients, count.read());
    return program.build();
  }

  /** Returns the accumulators, which start at 0. */
  static List<Variable> accumulators(Compatibility compatibility, List<ParameterSpec> specs) {
    List<Variable> all = new ArrayList<>();
    learnt(compatibility, specs).forEach(spec -> all.add(accumulator(spec.name(), spec.shape())));
    all.add(accumulator("weight", Shape.scalar()));
    return all;
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

  static Totals totals(Objective.ObjectiveOutput lesson, Tensor weight) {
    Map<String, Tensor> sums = new LinkedHashMap<>();
    sums.put(Totals.LOSS, lesson.loss().times(weight).sum());
    lesson.measures().forEach((name, value) -> sums.put(name, value.times(weight).sum()));
    Tensor total = weight.sum();
    sums.put(Totals.WEIGHT, total);
    return new Totals(sums, total);
  }

  /** Divides the gradients by the weight, clips their global norm, and updates every parameter. */
  private void move(Program.Builder program, List<Tensor> gradients, Tensor weight) {
    Tensor norm =
        sqrt(gradients.stream().map(g -> g.square().sum()).reduce(Tensor::plus).orElseThrow())
            .divide(weight);
    Tensor factor = Tensor.constant(1).divide(weight);
    if (clip > 0) {
      factor = factor.times(minimum(Tensor.constant(1), Tensor.constant(clip).divide(norm)));
    }
    program.output("gradientNorm", norm);
    Tensor step = Tensor.input(STEP, Shape.scalar(), ElementType.REAL);
    Function<String, Tensor> rate = r -> Tensor.input(r, Shape.scalar(), ElementType.REAL);
    Map<String, Tensor> rates = new HashMap<>();
    for (int i = 0; i < learnt.size(); i++) {
      ParameterSpec spec = learnt.get(i);
      Map<String, Variable> variables = new LinkedHashMap<>();
      optimizer.slots().forEach(slot -> variables.put(slot.name(), slot(spec, slot)));
      Map<String, Tensor> slots = new LinkedHashMap<>();
      variables.forEach((slot, variable) -> slots.put(slot, variable.read()));
      Optimizer.Update move =
          optimizer.move(
              new Optimizer.Inputs(
                  tensors.get(i),
                  gradients.get(i).times(factor),
                  0,
                  null,
                  slots,
                  rates.computeIfAbsent(rateInput(spec.traits()), rate),
                  step,
                  compatibility.decays(spec)));
      program.update(spec.variable(), bounded(move.value(), spec.traits()));
      move.slots().forEach((slot, value) -> program.update(variables.get(slot), value));
    }
  }

  private static Tensor bounded(Tensor value, ParameterSpec.Traits traits) {
    boolean free = Double.isInfinite(traits.low()) && Double.isInfinite(traits.high());
    return free ? value : clamp(value, traits.low(), traits.high());
  }
}
