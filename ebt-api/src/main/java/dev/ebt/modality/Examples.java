package dev.ebt.modality;

/** Rows of data that can be had in any order. Reading a row has no side effect on any other. */
public interface Examples {
  /** How many rows there are. */
  int size();

  /** The rows at the given positions, in that order; a position may come more than once. */
  Batch batch(int... rows);
}
