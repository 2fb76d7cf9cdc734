package dev.ebt.predict;

import dev.ebt.modality.Batch;
import dev.ebt.tensor.Array;

/** The energy of given targets and the Euclidean norm of its gradient for them. */
public interface TargetScores extends AutoCloseable {
  /**
   * The scores of a batch.
   *
   * @param energy [rows, predictions...]
   * @param gradientNorm [rows, predictions...]
   */
  record Scores(Array energy, Array gradientNorm) {}

  /** Computes the scores of the targets of a batch, of the number of rows that this is for. */
  Scores of(Batch batch);

  /** Frees the programs. */
  @Override
  void close();
}
