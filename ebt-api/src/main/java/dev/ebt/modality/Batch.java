package dev.ebt.modality;

import static java.util.Objects.requireNonNull;

import dev.ebt.tensor.Array;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A batch of data rows.
 *
 * @param context the context features by name, each [rows, ...]
 * @param target the targets, [rows, ...]
 * @param weight the weight of each prediction, [rows, predictions...]: 1, or 0 for padding
 * @param initialCandidates the candidates from which the targets were thought, [rows, ...], for
 *     objectives that start from these; null where a row has none of its own
 */
public record Batch(
    Map<String, Array> context, Array target, Array weight, @Nullable Array initialCandidates) {
  /** Creates a batch with an unmodifiable copy of the context. */
  public Batch {
    context = Map.copyOf(context);
  }

  /** Creates a batch of rows without initial candidates of their own. */
  public Batch(Map<String, Array> context, Array target, Array weight) {
    this(context, target, weight, null);
  }

  /** Returns the number of rows. */
  public int rows() {
    return weight.shape().size(0);
  }

  /** Returns {@code size} rows from {@code start} on. */
  public Batch slice(int start, int size) {
    Map<String, Array> part = new HashMap<>(context);
    part.replaceAll((name, array) -> array.slice(start, size));
    return new Batch(
        part,
        target.slice(start, size),
        weight.slice(start, size),
        initialCandidates == null ? null : initialCandidates.slice(start, size));
  }

  /** Returns the rows with these numbers, in this order. */
  public Batch ordered(int... order) {
    Map<String, Array> part = new HashMap<>(context);
    part.replaceAll((name, array) -> array.rows(order));
    return new Batch(
        part,
        target.rows(order),
        weight.rows(order),
        initialCandidates == null ? null : initialCandidates.rows(order));
  }

  /**
   * Returns these rows followed by the rows of {@code more}, which has the same features. They have
   * initial candidates if both have.
   */
  public Batch concat(Batch more) {
    Map<String, Array> joined = new HashMap<>(context);
    joined.replaceAll((name, array) -> array.concat(requireNonNull(more.context.get(name), name)));
    return new Batch(
        joined,
        target.concat(more.target),
        weight.concat(more.weight),
        initialCandidates == null || more.initialCandidates == null
            ? null
            : initialCandidates.concat(more.initialCandidates));
  }
}
