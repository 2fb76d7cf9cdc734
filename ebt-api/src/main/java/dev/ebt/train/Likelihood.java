package dev.ebt.train;

import dev.ebt.energy.PredictionModel;
import dev.ebt.error.UserException;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;
import dev.ebt.think.Thinking;
import java.util.List;
import java.util.Map;

/** Learning to predict at once: for text, −ln p(next token), as any language model learns. */
public record Likelihood() implements Objective {

  @Override
  public List<Integer> plan(Thinking thinking) {
    return List.of();
  }

  @Override
  public Lesson lesson(Task task) {
    if (!(task.model() instanceof PredictionModel model)) {
      throw new UserException(
          "this objective teaches models that predict at once; model '%s' has an energy instead"
              .formatted(task.model().description()));
    }
    if (!task.regularizers().isEmpty()) {
      throw new UserException(
          "regularizers shape thinking, and model '%s' does not think; regularizers=[] expected"
              .formatted(model.description()));
    }
    Tensor candidate = predict(task.modality(), model, task.context(), task.parameters());
    Tensor loss = task.modality().loss(candidate, task.target());
    return new Lesson(loss, Map.of(), List.of());
  }

  /** The candidates that a model predicts of a context, [rows, candidate...]. */
  public static Tensor predict(
      Modality modality, PredictionModel model, NamedTensors context, Parameters parameters) {
    Tensor embedded = modality.embedContext(context, model.width(), parameters);
    return modality.decode(model.predict(embedded, parameters), parameters);
  }
}
