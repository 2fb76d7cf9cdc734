package dev.ebt.modality;

import static java.util.Objects.requireNonNull;

import dev.ebt.tensor.Array;
import java.util.HashMap;
import java.util.Map;

/**
 * A batch of data rows.
 *
 * @param context the context features by name, each [rows, ...]
 * @param target the targets, [rows, ...]
 * @param weight the weight of each prediction, [rows, predictions...]: 1, or 0 for padding
 */
public record Batch(Map<String, Array> context, Array target, Array weight) {
  /** Creates a batch with an unmodifiable copy of the context. */
  public Batch {
    context = Map.copyOf(context);
  }

  /** Returns the number of rows. */
  public int rows() {
    return weight.shape().size(0);
  }

  /** Returns {@code size} rows from {@code start} on. */
  public Batch slice(int start, int size) {
    Map<String, Array> part = new HashMap<>(context);
    part.replaceAll((name, array) -> array.slice(start, size));
    return new Batch(part, target.slice(start, size), weight.slice(start, size));
  }

  /** Returns the rows with these numbers, in this order. */
  public Batch ordered(int... order) {
    Map<String, Array> part = new HashMap<>(context);
    part.replaceAll((name, array) -> array.rows(order));
    return new Batch(part, target.rows(order), weight.rows(order));
  }

  /** Returns these rows followed by the rows of {@code more}, which has the same features. */
  public Batch concat(Batch more) {
    Map<String, Array> joined = new HashMap<>(context);
    joined.replaceAll((name, array) -> array.concat(requireNonNull(more.context.get(name), name)));
    return new Batch(joined, target.concat(more.target), weight.concat(more.weight));
  }
}
