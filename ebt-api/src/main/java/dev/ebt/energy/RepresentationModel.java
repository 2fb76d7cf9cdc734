package dev.ebt.energy;

import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A model that exposes its internal representation of a whole candidate, for a linear probe. */
public interface RepresentationModel extends Model {
  /**
   * Returns the last block's output for every element (patch) of a candidate without noise.
   *
   * @param candidate the embedded candidate, [rows, elements, width]
   * @param condition the model's condition, [rows, width] or [1, width]: the embedded context of an
   *     energy model; null if unconditional
   * @return [rows, elements, width]
   */
  Tensor represent(Tensor candidate, @Nullable Tensor condition, Parameters parameters);
}
