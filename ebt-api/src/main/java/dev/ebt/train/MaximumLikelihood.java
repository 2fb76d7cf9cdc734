package dev.ebt.train;

import dev.ebt.energy.DirectModel;
import dev.ebt.error.UserException;
import dev.ebt.objective.Objective;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Tensor;
import dev.ebt.think.DirectPredictor;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The maximum-likelihood objective of models that predict in one pass: for text, −ln p(next token),
 * as for any language model.
 */
public record MaximumLikelihood() implements Objective {

  @Override
  public List<Integer> stepPlan(ThinkingMethod thinking) {
    return List.of();
  }

  @Override
  public Objective.ObjectiveOutput output(Objective.ObjectiveInputs task) {
    if (!(task.model() instanceof DirectModel model)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "this objective trains models that predict without thinking, and model '%s'"
                  + " is not one; choose another model.name, or objective.name=s1 for an energy"
                  + " model",
              task.model().description()));
    }
    if (!task.regularizers().isEmpty()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "regularizers act on thinking, and model '%s' does not think; set"
                  + " regularizers=[]",
              model.description()));
    }
    Tensor candidate =
        DirectPredictor.candidates(task.modality(), model, task.context(), task.parameters());
    Tensor loss = task.modality().loss(candidate, task.target());
    return new Objective.ObjectiveOutput(loss, Map.of(), List.of());
  }
}
