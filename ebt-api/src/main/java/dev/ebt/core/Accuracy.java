package dev.ebt.core;

import dev.ebt.error.UserException;
import dev.ebt.modality.Metric;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Tensor;
import java.util.Map;

/**
 * The share of predictions whose most likely class is the target; of a prediction with several
 * classes, such as the cells of a board, the share of its classes.
 */
record Accuracy() implements Metric {
  @Override
  public Map<String, Tensor> values(Inputs inputs) {
    boolean scores = inputs.candidate().shape().rank() == inputs.target().shape().rank() + 1;
    if (inputs.target().type() != ElementType.INTEGER || !scores) {
      throw new UserException(
          "metric 'accuracy' is for targets that are the number of a class, such as tokens; those"
              + " of this modality are not");
    }
    Tensor likeliest = Functions.argMax(inputs.candidate());
    return Map.of("accuracy", inputs.mean(Functions.real(likeliest.equalTo(inputs.target()))));
  }
}
