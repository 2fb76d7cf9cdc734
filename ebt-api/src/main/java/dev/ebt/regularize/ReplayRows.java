package dev.ebt.regularize;

import dev.ebt.modality.Batch;
import dev.ebt.tensor.Array;

/**
 * Data rows with a candidate for each.
 *
 * @param batch the rows
 * @param candidates the final candidate of thinking about each row, [rows, candidate...]
 */
public record ReplayRows(Batch batch, Array candidates) {

  /** Returns the number of rows. */
  public int rows() {
    return batch.rows();
  }

  /** Returns {@code size} rows from {@code start} on. */
  public ReplayRows slice(int start, int size) {
    return new ReplayRows(batch.slice(start, size), candidates.slice(start, size));
  }

  /** Returns these rows followed by the rows of {@code more}, which has the same features. */
  public ReplayRows concat(ReplayRows more) {
    return new ReplayRows(batch.concat(more.batch), candidates.concat(more.candidates));
  }
}
