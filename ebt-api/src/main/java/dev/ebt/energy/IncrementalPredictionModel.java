package dev.ebt.energy;

import dev.ebt.nn.Parameters;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;

/**
 * A baseline for sequences with a key/value cache: generation computes the hidden state of each
 * element once. See {@link IncrementalEnergyModel}.
 */
public interface IncrementalPredictionModel extends DirectModel {
  /**
   * Returns the cache of no element, with room for {@code capacity} elements. Its tensors have the
   * names and shapes of every later cache.
   */
  NamedTensors emptyCache(int rows, int capacity, Parameters parameters);

  /**
   * Appends elements to a cache and predicts from them.
   *
   * @param cache of the elements before them
   * @param elements the embedded elements, [rows, count, width]
   * @param starts the position of the first of them in each row, integers [rows]; {@code count}
   *     positions from there are within the capacity
   */
  Extended append(NamedTensors cache, Tensor elements, Tensor starts, Parameters parameters);

  /**
   * A cache with further elements.
   *
   * @param cache with the names and shapes of the one before
   * @param hidden the hidden states of the appended elements, as of {@link #predict}: [rows, count,
   *     width]
   */
  record Extended(NamedTensors cache, Tensor hidden) {}
}
