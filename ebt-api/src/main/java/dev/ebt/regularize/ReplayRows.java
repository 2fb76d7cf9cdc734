package dev.ebt.regularize;

import dev.ebt.modality.Batch;
import dev.ebt.tensor.Array;

/**
 * Rows of data, and a candidate for each of them.
 *
 * @param batch the rows
 * @param candidates where thinking about each row ended, [rows, candidate...]
 */
public record ReplayRows(Batch batch, Array candidates) {

  /** How many rows there are. */
  public int rows() {
    return batch.rows();
  }

  /** {@code size} of the rows, from {@code start} on. */
  public ReplayRows slice(int start, int size) {
    return new ReplayRows(batch.slice(start, size), candidates.slice(start, size));
  }

  /** These rows and then more of the same kind. */
  public ReplayRows concat(ReplayRows more) {
    return new ReplayRows(batch.concat(more.batch), candidates.concat(more.candidates));
  }
}
