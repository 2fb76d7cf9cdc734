package example.curve;

import dev.ebt.error.UserException;
import dev.ebt.modality.Modality;
import dev.ebt.objective.Objective;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * The objective of {@link TwoAnswers}: the loss of the better one of both answers, so that each may
 * specialize in a branch (multiple choice learning, Guzmán-Rivera, Batra and Kohli, 2012).
 */
public record TwoAnswersObjective() implements Objective {
  @Override
  public List<Integer> stepPlan(ThinkingMethod thinking) {
    return List.of();
  }

  @Override
  public ObjectiveOutput output(ObjectiveInputs inputs) {
    if (!(inputs.model() instanceof TwoAnswers model)) {
      throw new UserException(
          "objective 'curve-two-answers' is for model 'curve-two-answers'; another objective.name"
              + " or model.name expected");
    }
    Modality modality = inputs.modality();
    Tensor context = modality.embedContext(inputs.context(), model.width(), inputs.parameters());
    Tensor answers = model.answers(context, inputs.parameters());
    Tensor first = modality.loss(answers.slice(-1, 0, 1), inputs.target());
    Tensor second = modality.loss(answers.slice(-1, 1, 1), inputs.target());
    return new ObjectiveOutput(Functions.minimum(first, second), Map.of(), List.of());
  }
}
