package dev.ebt.modality;

/**
 * Data rows with random access. Reading a row has no side effect on any other. Training prepares
 * batches in a thread of its own, but a dataset is read by one thread at a time.
 */
public interface Examples {
  /** Returns the number of rows. */
  int size();

  /** Returns the rows at the given positions, in that order; positions may repeat. */
  Batch batch(int... rows);
}
