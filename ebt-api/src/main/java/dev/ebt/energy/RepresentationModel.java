package dev.ebt.energy;

import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A model of which one can ask what it makes of a whole candidate inside: for a linear probe. */
public interface RepresentationModel extends Model {
  /**
   * What the last block tells of every element (patch) of a candidate without noise.
   *
   * @param candidate embedded, [rows, elements, width]
   * @param condition what steers the model, [rows, width] or [1, width]: the embedded context of an
   *     energy model; null if nothing does
   * @return [rows, elements, width]
   */
  Tensor represent(Tensor candidate, @Nullable Tensor condition, Parameters parameters);
}
