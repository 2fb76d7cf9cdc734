package dev.ebt.objective;

import dev.ebt.modality.Batch;
import dev.ebt.modality.Dataset;
import dev.ebt.tensor.Array;

/**
 * A pairing of the initial candidates of a training batch with its rows. The initial candidate of a
 * row is a function of its number in the batch, so that another order of the rows is another
 * pairing.
 */
public interface RowPairing {
  /**
   * Returns the order of the rows: row i of the batch to train on is row {@code order[i]}.
   *
   * @param initialCandidates the initial candidates, [rows, ...]
   * @return a permutation of 0 to rows − 1 that depends on nothing but the arguments
   */
  int[] order(Array initialCandidates, Batch batch);

  /**
   * Checks that batches of this size have rows to pair.
   *
   * @throws dev.ebt.error.UserException if they are too small for the data
   */
  void check(Dataset dataset, int rows);
}
