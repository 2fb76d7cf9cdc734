package dev.ebt.think;

import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.List;
import java.util.Map;

/**
 * Caches with one more element of each row, as tensors of a program that observes the element and
 * thinks about the next one.
 *
 * @param candidateFeatures the features that initial candidates may depend on
 * @param caches the cache of each landscape, of one if they do not differ
 */
record GrownObservation(NamedTensors candidateFeatures, List<Cache> caches) {
  /** The prefix of the inputs of {@link #candidateFeatures}. */
  static final String PREDICTED = "predicted.";

  /**
   * The cache of a landscape.
   *
   * @param observed with the element
   * @param updates the new values of the variables of the cache
   */
  record Cache(NamedTensors observed, Map<Variable, Tensor> updates) {}

  /** Returns the cache that steps in a landscape read. */
  Cache in(int landscape) {
    return caches.get(caches.size() == 1 ? 0 : landscape);
  }

  /** Returns the name of a variable in programs that read the caches of several landscapes. */
  static Variable variable(int landscape, Variable free) {
    return new Variable("landscape" + landscape + "." + free.name(), free.shape(), free.type());
  }
}
