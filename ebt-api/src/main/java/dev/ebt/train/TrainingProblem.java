package dev.ebt.train;

import dev.ebt.energy.Model;
import dev.ebt.modality.Feature;
import dev.ebt.modality.Modality;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.regularize.Regularizer;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.think.Thinking;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is taught: everything that a lesson is made of, but the batch. */
public record TrainingProblem(
    Modality modality,
    Model model,
    Objective objective,
    Thinking thinking,
    List<Regularizer> regularizers) {

  /** The lesson for inputs of {@code rows} rows, and the parameters it asks for. */
  public Objective.ObjectiveOutput trace(int rows, List<Integer> plan, Parameters parameters) {
    return trace(rows, 0, plan, parameters);
  }

  /** The same for so many fresh rows, and after them rows that regularizers recalled. */
  Objective.ObjectiveOutput trace(
      int fresh, int recalled, List<Integer> plan, Parameters parameters) {
    return objective.output(task(fresh, recalled, plan, parameters));
  }

  /** How a plan of more than so many steps is taught one by one, if it can be. */
  Optional<StepwiseObjective> stepwise(List<Integer> plan, int wholeSteps) {
    return plan.size() > wholeSteps ? objective.stepwise(plan, thinking) : Optional.empty();
  }

  Objective.ObjectiveInputs task(
      int fresh, int recalled, List<Integer> plan, Parameters parameters) {
    int rows = fresh + recalled;
    Map<String, Tensor> features = new LinkedHashMap<>();
    modality.context().forEach(f -> features.put(f.name(), f.input(rows)));
    NamedTensors context = NamedTensors.of(features);
    Tensor key = Tensor.input(TrainingStepper.KEY, Shape.of(2), ElementType.INTEGER);
    return new Objective.ObjectiveInputs(
        modality,
        model,
        thinking,
        regularizers,
        plan,
        context,
        beginning(context, key, fresh, recalled),
        target().input(rows),
        key,
        parameters);
  }

  /** How much each prediction of so many rows counts. */
  Tensor weight(int rows) {
    Shape predictions = Shape.of(rows).plus(modality.predictions().toIntArray());
    return Tensor.input(TrainingStepper.WEIGHT, predictions, ElementType.REAL);
  }

  /** Where thinking begins: fresh rows do not depend on what is recalled besides them. */
  private Tensor beginning(NamedTensors context, Tensor key, int fresh, int recalled) {
    Feature candidate =
        new Feature(TrainingStepper.RECALLED, modality.candidate(), ElementType.REAL);
    NamedTensors first = context.map((name, tensor) -> tensor.slice(0, 0, fresh));
    Tensor initial = modality.initialCandidate(first, key, candidate.shape(fresh));
    return recalled == 0 ? initial : Functions.concat(0, initial, candidate.input(recalled));
  }

  Feature target() {
    return modality.target();
  }

  /** The parameters that learning asks for, found by tracing one row. */
  public List<ParameterSpec> parameters() {
    Parameters parameters = new Parameters();
    trace(1, objective.stepPlan(thinking), parameters);
    return parameters.specs();
  }
}
