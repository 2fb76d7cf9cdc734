package dev.ebt.energy;

import dev.ebt.nn.Parameters;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;

/**
 * A sequence energy model whose observation can grow by elements, such as the keys and values of
 * every layer: a key/value cache. Generation then observes each element once instead of the whole
 * window for every new one.
 *
 * <p>However a sequence is divided into pieces, appending them to an empty observation gives the
 * energies of {@link #observe}, up to rounding.
 */
public interface IncrementalEnergyModel extends SequenceEnergyModel {
  /**
   * Returns the observation of no element, with room for {@code capacity} elements. Its tensors
   * have the names and shapes of every later observation.
   *
   * @param landscape the index of the energy landscape, an integer scalar
   */
  NamedTensors emptyObservation(int rows, int capacity, Tensor landscape, Parameters parameters);

  /**
   * Observes further elements. Elements at or after their positions are overwritten, and have no
   * effect on energies at earlier positions, so that rows of different lengths can be appended to
   * together.
   *
   * @param observed an observation of the elements before them
   * @param elements the embedded elements, [rows, count, width]
   * @param starts the position of the first of them in each row, integers [rows]; {@code count}
   *     positions from there are within the capacity
   * @return an observation with the names and shapes of {@code observed}
   */
  NamedTensors append(
      NamedTensors observed,
      Tensor elements,
      Tensor starts,
      Tensor landscape,
      Parameters parameters);
}
