package dev.ebt.modality;

import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Tensor;

/**
 * Elements of a candidate that no step changes.
 *
 * @param held true where an element is held, [rows, candidate...]
 * @param values their values, of the same shape
 */
public record HeldElements(Tensor held, Tensor values) {
  /** Returns a candidate with the held elements at their values. */
  public Tensor in(Tensor candidate) {
    return Functions.select(held, values, candidate);
  }

  /** Returns a gradient that is 0 where elements are held. */
  public Tensor free(Tensor gradient) {
    return Functions.select(held, Tensor.zeros(gradient.shape()), gradient);
  }
}
