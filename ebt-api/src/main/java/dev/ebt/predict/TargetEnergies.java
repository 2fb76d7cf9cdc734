package dev.ebt.predict;

import dev.ebt.tensor.Array;
import java.util.Map;

/** The energies that a model assigns to given targets, without thinking. */
public interface TargetEnergies extends AutoCloseable {
  /**
   * Returns the energies of targets.
   *
   * @param context the features by name, each [rows, ...]
   * @param targets [rows, target...]
   * @return one energy per prediction, [rows, predictions...]; low for a target that suits the
   *     context
   */
  Array of(Map<String, Array> context, Array targets);

  /** Frees what computes the energies. */
  @Override
  void close();
}
