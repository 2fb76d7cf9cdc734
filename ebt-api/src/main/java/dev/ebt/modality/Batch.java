package dev.ebt.modality;

import dev.ebt.tensor.Array;
import java.util.HashMap;
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

  /** {@code size} of the rows, from {@code start} on. */
  public Batch slice(int start, int size) {
    Map<String, Array> part = new HashMap<>(context);
    part.replaceAll((name, array) -> array.slice(start, size));
    return new Batch(part, target.slice(start, size), weight.slice(start, size));
  }

  /** These rows and then more of the same kind. */
  public Batch concat(Batch more) {
    Map<String, Array> joined = new HashMap<>(context);
    joined.replaceAll((name, array) -> array.concat(more.context.get(name)));
    return new Batch(joined, target.concat(more.target), weight.concat(more.weight));
  }
}
