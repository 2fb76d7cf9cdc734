package dev.ebt.modality;

import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Elements of a candidate that no step changes.
 *
 * @param held true where an element is held, [rows, candidate...]
 * @param values their values, of the same shape
 */
public record HeldElements(Tensor held, Tensor values) {
  /** Returns whether the contexts of a modality give elements of candidates. */
  public static boolean areGivenBy(Modality modality) {
    Map<String, Tensor> features = new LinkedHashMap<>();
    modality.context().forEach(feature -> features.put(feature.name(), feature.input(1)));
    return modality.held(NamedTensors.of(features)).isPresent();
  }

  /** Returns a candidate with the held elements at their values. */
  public Tensor in(Tensor candidate) {
    return Functions.select(held, values, candidate);
  }

  /** Returns a gradient that is 0 where elements are held. */
  public Tensor free(Tensor gradient) {
    return Functions.select(held, Tensor.zeros(gradient.shape()), gradient);
  }
}
