package dev.ebt.energy;

import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Tensor;

/** A baseline that predicts in a single forward pass, without an energy or thinking. */
public interface DirectModel extends Model {
  /**
   * Computes the hidden state of each prediction, which the modality decodes to a candidate.
   *
   * @param context the embedded context, [rows, ...]
   * @return [rows, predictions..., width]
   */
  Tensor predict(Tensor context, Parameters parameters);
}
