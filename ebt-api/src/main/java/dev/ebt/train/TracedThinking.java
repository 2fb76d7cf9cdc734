package dev.ebt.train;

import static dev.ebt.tensor.Functions.stopGradient;

import dev.ebt.energy.EnergyFunction;
import dev.ebt.energy.EnergyModel;
import dev.ebt.objective.Objective;
import dev.ebt.step.CandidateState;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Sources;
import dev.ebt.tensor.Tensor;
import dev.ebt.train.EnergyObjective.GradientThrough;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The thinking steps of a plan, traced into one graph for the loss to be differentiated. */
final class TracedThinking {
  private final Objective.ObjectiveInputs inputs;
  private final EnergyFunction energy;
  private final Map<Integer, NamedTensors> observed = new HashMap<>();

  /** The observation of all landscapes, where they do not differ. */
  private @Nullable NamedTensors common;

  private final List<ThinkingStep.StepOutput> steps = new ArrayList<>();

  /** Traces the steps of the inputs' plan from their initial candidate. */
  TracedThinking(
      EnergyModel model, Objective.ObjectiveInputs inputs, GradientThrough gradientThrough) {
    this.inputs = inputs;
    this.energy = new EnergyFunction(inputs.modality(), model, inputs.parameters());
    ThinkingStep step = new ThinkingStep(energy, inputs.thinking(), inputs.regularizers());
    Shape rows = Shape.of(inputs.target().shape().size(0));
    ThinkingStep.StepSizes stepSizes =
        step.stepSizes(rows.plus(inputs.modality().predictions().toIntArray()), inputs.key());
    CandidateState state = step.begin(leaf(inputs.initialCandidate()));
    for (int i = 0; i < inputs.plan().size(); i++) {
      int index = inputs.plan().get(i);
      NamedTensors seen = observed(index);
      CandidateState before = gradientThrough == GradientThrough.STEP ? state.detached() : state;
      boolean last = i == inputs.plan().size() - 1;
      ThinkingStep taken =
          gradientThrough == GradientThrough.LENGTHS && !last ? step.withConstantGradient() : step;
      steps.add(taken.take(seen, before, landscape(index), stepSizes, i, inputs.key()));
      state = steps.get(i).state();
    }
  }

  /** Returns the output of every step. */
  List<ThinkingStep.StepOutput> steps() {
    return steps;
  }

  /** Returns the energy of the target in the last landscape, [rows, predictions...]. */
  Tensor energyOfTarget() {
    int index = inputs.thinking().landscapes() - 1;
    Tensor target = inputs.modality().targetCandidate(inputs.target());
    return energy.energy(observed(index), target, landscape(index));
  }

  private NamedTensors observed(int index) {
    if (common != null) {
      return common;
    }
    return observed.computeIfAbsent(index, this::observe);
  }

  private NamedTensors observe(int index) {
    Tensor landscape = landscape(index);
    NamedTensors seen = energy.observe(inputs.context(), landscape);
    if (!EnergyFunction.dependsOn(seen, landscape)) {
      common = seen;
    }
    return seen;
  }

  private static Tensor landscape(int index) {
    return Tensor.constant(Array.scalar((long) index));
  }

  /**
   * Returns an initial candidate to differentiate for: a tensor filled with a constant has no
   * gradient.
   */
  private static Tensor leaf(Tensor start) {
    return start.op() instanceof Sources.Input ? start : stopGradient(start);
  }
}
