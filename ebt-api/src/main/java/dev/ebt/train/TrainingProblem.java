package dev.ebt.train;

import dev.ebt.energy.EnergyModel;
import dev.ebt.energy.Model;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Modality;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.objective.Objective;
import dev.ebt.objective.StepwiseObjective;
import dev.ebt.regularize.Regularizer;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The training problem: everything that an objective needs except the batch.
 *
 * @param predictionParameters the parameters that predicting reads: where the objective does not
 *     use one of them, it keeps its initial value
 */
public record TrainingProblem(
    Modality modality,
    Model model,
    Objective objective,
    ThinkingMethod thinking,
    List<Regularizer> regularizers,
    List<ParameterSpec> predictionParameters) {

  /** Makes unmodifiable copies of the lists. */
  public TrainingProblem {
    regularizers = List.copyOf(regularizers);
    predictionParameters = List.copyOf(predictionParameters);
  }

  /** Creates a problem whose objective uses all parameters that predicting reads. */
  public TrainingProblem(
      Modality modality,
      Model model,
      Objective objective,
      ThinkingMethod thinking,
      List<Regularizer> regularizers) {
    this(modality, model, objective, thinking, regularizers, List.of());
  }

  /** Returns a copy with other parameters that predicting reads. */
  public TrainingProblem withPredictionParameters(List<ParameterSpec> specs) {
    return new TrainingProblem(modality, model, objective, thinking, regularizers, specs);
  }

  /**
   * Returns the objective output for inputs of {@code rows} rows, and collects the parameters it
   * uses.
   */
  public Objective.ObjectiveOutput trace(int rows, List<Integer> plan, Parameters parameters) {
    return trace(rows, 0, plan, parameters);
  }

  /** Returns the objective output for fresh rows followed by rows from replay buffers. */
  Objective.ObjectiveOutput trace(
      int fresh, int recalled, List<Integer> plan, Parameters parameters) {
    return objective.output(task(fresh, recalled, plan, parameters));
  }

  /**
   * Returns the stepwise objective for a plan of more than {@code wholeSteps} steps, if there is
   * one.
   */
  Optional<StepwiseObjective> stepwise(List<Integer> plan, int wholeSteps) {
    return plan.size() > wholeSteps && model instanceof EnergyModel
        ? objective.stepwise(plan, thinking)
        : Optional.empty();
  }

  /** Returns the programs that train thinking steps one by one, without tracing any yet. */
  StepwisePrograms stepwisePrograms(
      int fresh, int recalled, StepwiseObjective stepwise, ParameterUpdateRule rule) {
    List<Integer> plan = objective.stepPlan(thinking);
    return new StepwisePrograms(
        String.format(Locale.ROOT, "stepwise.%d.%d.", fresh, recalled),
        parameters -> task(fresh, recalled, plan, parameters),
        stepwise,
        rule,
        weight(fresh + recalled));
  }

  Objective.ObjectiveInputs task(
      int fresh, int recalled, List<Integer> plan, Parameters parameters) {
    int rows = fresh + recalled;
    Map<String, Tensor> features = new LinkedHashMap<>();
    modality.context().forEach(f -> features.put(f.name(), f.input(rows)));
    NamedTensors context = NamedTensors.of(features);
    Tensor key = Tensor.input(TrainingStepper.KEY, Shape.of(2), ElementType.INTEGER);
    Tensor target = target().input(rows);
    return new Objective.ObjectiveInputs(
        modality,
        model,
        thinking,
        regularizers,
        plan,
        modality.trainingContext(context, key),
        beginning(context, key, target, fresh, recalled),
        target,
        key,
        parameters);
  }

  /** Returns the weight of each prediction in a batch of {@code rows} rows. */
  Tensor weight(int rows) {
    Shape predictions = Shape.of(rows).plus(modality.predictions().toIntArray());
    return Tensor.input(TrainingStepper.WEIGHT, predictions, ElementType.REAL);
  }

  /** Returns the initial candidates: those of fresh rows do not depend on the replayed rows. */
  private Tensor beginning(
      NamedTensors context, Tensor key, Tensor target, int fresh, int recalled) {
    FeatureSpec candidate =
        new FeatureSpec(TrainingStepper.RECALLED, modality.candidate(), ElementType.REAL);
    Tensor initial =
        objective.startsAtTargets()
            ? target.slice(0, 0, fresh)
            : initial(context, key, candidate.shape(fresh));
    return recalled == 0 ? initial : Functions.concat(0, initial, candidate.input(recalled));
  }

  /** Returns the initial candidates of fresh rows: those of the data, or of the modality. */
  private Tensor initial(NamedTensors context, Tensor key, Shape shape) {
    if (objective.startsFromData()) {
      return Tensor.input(TrainingStepper.INITIAL, shape, ElementType.REAL);
    }
    NamedTensors first = context.map((name, tensor) -> tensor.slice(0, 0, shape.size(0)));
    return modality.initialCandidate(first, key, shape);
  }

  FeatureSpec target() {
    return modality.target();
  }

  /**
   * Returns the parameters of the objective, found by tracing one row, and then those that only
   * predicting reads.
   */
  public List<ParameterSpec> parameters() {
    Parameters parameters = new Parameters();
    trace(1, objective.stepPlan(thinking), parameters);
    return all(parameters.specs());
  }

  /** Returns the parameters of the objective, and then those that only predicting reads. */
  List<ParameterSpec> all(List<ParameterSpec> ofObjective) {
    Map<String, ParameterSpec> all = new LinkedHashMap<>();
    ofObjective.forEach(spec -> all.put(spec.name(), spec));
    predictionParameters.forEach(spec -> all.putIfAbsent(spec.name(), spec));
    return List.copyOf(all.values());
  }
}
