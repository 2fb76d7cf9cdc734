package dev.ebt.train.density;

import static dev.ebt.tensor.Functions.concat;
import static dev.ebt.tensor.Functions.exp;
import static dev.ebt.tensor.Functions.log;
import static dev.ebt.tensor.Functions.maximum;
import static dev.ebt.tensor.Functions.stopGradient;

import dev.ebt.energy.EnergyFunction;
import dev.ebt.energy.EnergyModel;
import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import dev.ebt.modality.ClassLabel;
import dev.ebt.objective.Objective.ObjectiveInputs;
import dev.ebt.step.CandidateState;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.train.ContinuousTargets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What objectives of densities share: the energies of a batch's targets and of other points of the
 * same contexts, and samples of the model by steps of thinking.
 */
public final class DensityProblem {
  private final ObjectiveInputs inputs;
  private final EnergyFunction energy;
  private final Tensor landscape = Tensor.constant(Array.scalar(0L));

  /**
   * Creates a problem.
   *
   * @param name the objective, in messages
   * @throws UserException if the model has no energy, targets are no points of the space of
   *     candidates, or a setting has no effect
   */
  public DensityProblem(ObjectiveInputs inputs, String name) {
    if (!(inputs.model() instanceof EnergyModel model)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "objective.name=%s trains energy models, and model '%s' is not one; choose another"
                  + " model.name, such as mlp",
              name,
              inputs.model().description()));
    }
    ContinuousTargets.check(
        inputs,
        name + ", for densities of real vectors, but targets of this modality are discrete");
    if (inputs.thinking().hyperparameters().learnStepSize()) {
      throw new SettingException(
          "thinking.learnStepSize",
          "is true, but no gradient of objective.name=" + name + " reaches it; false expected");
    }
    this.inputs = inputs;
    this.energy = new EnergyFunction(inputs.modality(), model, inputs.parameters());
    if (inputs.thinking().landscapes() > 1
        && EnergyFunction.dependsOn(energy.observe(inputs.context(), landscape()), landscape)) {
      throw new SettingException(
          "thinking.landscapes",
          String.format(
              Locale.ROOT,
              "is %d, but objective.name=%s learns one energy for all steps; 1 expected",
              inputs.thinking().landscapes(),
              name));
    }
  }

  private Tensor landscape() {
    return landscape;
  }

  /**
   * Checks that nothing is configured for thinking in training, which the objective does not do.
   *
   * @throws UserException naming the setting
   */
  public DensityProblem withoutThinking(String name) {
    if (!inputs.regularizers().isEmpty()) {
      throw new UserException(
          "regularizers act on thinking, and objective.name="
              + name
              + " does not think in training; set regularizers=[]");
    }
    return this;
  }

  /** Returns the targets as points to differentiate for. */
  public Tensor targets() {
    return stopGradient(inputs.target());
  }

  /** Returns the energies of points, one for each prediction: [rows, predictions...]. */
  public Tensor energy(Tensor points) {
    return energy.energy(energy.observe(inputs.context(), landscape), points, landscape);
  }

  /**
   * Returns the energies of several points for each row.
   *
   * @param points [copies · rows, ...], all rows once, then all rows again
   */
  public Tensor energy(Tensor points, int copies) {
    NamedTensors context =
        inputs.context().map((name, feature) -> concat(0, Collections.nCopies(copies, feature)));
    return energy.energy(energy.observe(context, landscape), points, landscape);
  }

  /**
   * Returns the energies of points with each class in place of that of their row, [classes, rows,
   * predictions...].
   *
   * @param points one for each row
   */
  public Tensor energies(Tensor points, ClassLabel label) {
    NamedTensors context =
        inputs
            .context()
            .map(
                (name, feature) ->
                    name.equals(label.feature())
                        ? eachClass(feature.shape(), label.classes())
                        : concat(0, Collections.nCopies(label.classes(), feature)));
    Tensor copies = concat(0, Collections.nCopies(label.classes(), points));
    Tensor energies = energy.energy(energy.observe(context, landscape), copies, landscape);
    int[] one = energies.shape().with(0, points.shape().size(0)).toIntArray();
    return energies.reshape(Shape.of(label.classes()).plus(one));
  }

  private static Tensor eachClass(Shape rows, int classes) {
    long[] labels = new long[classes * rows.size(0)];
    Arrays.setAll(labels, i -> i / rows.size(0));
    return Tensor.constant(Array.of(Shape.of(labels.length), labels));
  }

  /** Returns the axes of a point's elements. */
  public int[] elements() {
    return IntStream.range(
            1 + inputs.modality().predictions().rank(), inputs.target().shape().rank())
        .toArray();
  }

  /** Returns the number of elements of a point. */
  public int dimension() {
    return IntStream.of(elements()).map(inputs.target().shape()::size).reduce(1, (a, b) -> a * b);
  }

  /**
   * Takes the steps of a plan from candidates, each without a gradient.
   *
   * @param candidates one for each row
   */
  public List<ThinkingStep.StepOutput> chain(Tensor candidates, List<Integer> plan) {
    return chain(candidates, energy.observe(inputs.context(), landscape), plan.size());
  }

  /** Returns the last candidates of chains of several points for each row. */
  public Tensor chain(Tensor points, int copies, int steps) {
    NamedTensors context =
        inputs.context().map((name, feature) -> concat(0, Collections.nCopies(copies, feature)));
    List<ThinkingStep.StepOutput> taken = chain(points, energy.observe(context, landscape), steps);
    return taken.isEmpty() ? points : taken.get(taken.size() - 1).candidate();
  }

  private List<ThinkingStep.StepOutput> chain(Tensor points, NamedTensors observed, int steps) {
    ThinkingStep step = new ThinkingStep(energy, inputs.thinking(), inputs.regularizers());
    Shape predictions = points.shape().slice(0, 1 + inputs.modality().predictions().rank());
    ThinkingStep.StepSizes sizes = step.stepSizes(predictions, inputs.key());
    CandidateState state = step.begin(stopGradient(points));
    List<ThinkingStep.StepOutput> taken = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      taken.add(step.take(observed, state.detached(), landscape, sizes, i, inputs.key()));
      state = taken.get(i).state();
    }
    return taken;
  }

  /** Returns ln(1 + eˣ) without overflow. */
  public static Tensor softplus(Tensor x) {
    Tensor rest = log(exp(Functions.absolute(x).negate()).plus(1));
    return maximum(x, Tensor.constant(0)).plus(rest);
  }
}
