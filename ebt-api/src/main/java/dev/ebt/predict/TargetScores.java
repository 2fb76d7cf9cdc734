package dev.ebt.predict;

import dev.ebt.modality.Batch;
import dev.ebt.tensor.Array;
import java.util.Map;

/**
 * Scores of given targets by name, each higher for data that a model was not trained on: of an
 * energy model the energy and the Euclidean norm of its gradient, of a diffusion model the error of
 * the noise that it predicts.
 */
public interface TargetScores extends AutoCloseable {
  /** The name of the energy. */
  String ENERGY = "energy";

  /** The name of the norm of the energy's gradient. */
  String GRADIENT_NORM = "gradientNorm";

  /**
   * Computes the scores of the targets of a batch, of the number of rows that this is for.
   *
   * @return each [rows, predictions...], always of the same names
   */
  Map<String, Array> of(Batch batch);

  /** Frees the programs. */
  @Override
  void close();
}
