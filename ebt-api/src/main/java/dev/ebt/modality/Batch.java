package dev.ebt.modality;

import dev.ebt.tensor.Array;
import java.util.Map;

/**
 * Some rows of data.
 *
 * @param context the context features by name, each [rows, ...]
 * @param target what is to be predicted, [rows, ...]
 * @param weight how much each prediction counts, [rows, predictions...]: 1, or 0 for padding
 */
public record Batch(Map<String, Array> context, Array target, Array weight) {
  /** Keeps the context unmodifiable. */
  public Batch {
    context = Map.copyOf(context);
  }

  /** How many rows there are. */
  public int rows() {
    return weight.shape().size(0);
  }
}
