package dev.ebt.energy;

import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Tensor;
import java.util.Optional;

/** A baseline that predicts at once: no energy, no thinking. */
public interface PredictionModel extends Model {
  /**
   * What the modality makes a candidate of for each prediction.
   *
   * @param context the embedded context, [rows, ...]
   * @return [rows, predictions..., width]
   */
  Tensor predict(Tensor context, Parameters parameters);

  @Override
  default Optional<String> usualObjective() {
    return Optional.of("likelihood");
  }
}
