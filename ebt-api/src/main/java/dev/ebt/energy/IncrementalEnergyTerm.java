package dev.ebt.energy;

import dev.ebt.nn.Parameters;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;

/**
 * A term for sequences whose observation can grow by elements, so that it can be used with a
 * key/value cache: see {@link IncrementalEnergyModel}, whose requirements it has.
 */
public interface IncrementalEnergyTerm extends SequenceEnergyTerm {
  /** Returns the observation of no element, with room for {@code capacity} elements. */
  NamedTensors emptyObservation(int rows, int capacity, Tensor landscape, Parameters parameters);

  /**
   * Observes further elements.
   *
   * @param observed an observation of the elements before them
   * @param elements the context features of the elements by name, each [rows, count, ...]
   * @param starts the position of the first of them in each row, integers [rows]
   * @return an observation with the names and shapes of {@code observed}
   */
  NamedTensors append(
      NamedTensors observed,
      NamedTensors elements,
      Tensor starts,
      Tensor landscape,
      Parameters parameters);
}
