package dev.ebt.think;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The elements of each row that a key/value cache holds, and those that a new context needs beyond
 * them: what a row has in common with its previous context stays.
 */
final class AppendedElements {
  private final int capacity;
  private final int[] held;
  private final int[] needed;
  private final int[] starts;
  private Map<String, Array> context = Map.of();
  private boolean used;
  private int piece;

  AppendedElements(int rows, int capacity) {
    this.capacity = capacity;
    this.held = new int[rows];
    this.needed = new int[rows];
    this.starts = new int[rows];
  }

  /**
   * Sets the context that the cache shall hold.
   *
   * @param features [rows, capacity, ...] each, not modified later; the same map is the same
   *     context
   * @param lengths the number of elements of each row
   * @param again how many of the last of them are appended again, even if they are in the cache
   */
  void context(Map<String, Array> features, int[] lengths, int again) {
    for (int row = 0; row < held.length; row++) {
      if (features != context) {
        held[row] = common(features, row, Math.min(held[row], lengths[row]));
      }
      held[row] = Math.max(0, Math.min(held[row], lengths[row] - again));
      needed[row] = lengths[row];
    }
    context = features;
  }

  /** Makes the cache empty. */
  void clear() {
    Arrays.fill(held, 0);
    used = false;
  }

  private int common(Map<String, Array> features, int row, int most) {
    int common = most;
    for (Map.Entry<String, Array> feature : features.entrySet()) {
      Array before = context.get(feature.getKey());
      common = before == null ? 0 : ElementFeatures.common(feature.getValue(), before, row, common);
    }
    return common;
  }

  /** Records that rows of another cache were copied to rows of this one. */
  void take(AppendedElements from, int[] sources, int[] targets) {
    for (int i = 0; i < sources.length; i++) {
      held[targets[i]] = from.held[sources[i]];
    }
    Map<String, Array> merged = new LinkedHashMap<>();
    from.context.forEach(
        (name, values) ->
            merged.put(
                name,
                ElementFeatures.withRows(
                    context.getOrDefault(name, ElementFeatures.zeros(values, held.length)),
                    values,
                    sources,
                    targets)));
    context = merged;
  }

  /** Returns whether nothing was appended since the cache was created. */
  boolean isNew() {
    boolean first = !used;
    used = true;
    return first;
  }

  /** Returns whether something was appended since the cache was created or cleared. */
  boolean isUsed() {
    return used;
  }

  /** Returns whether another cache of the same context holds as many elements of each row. */
  boolean sameAs(AppendedElements other) {
    return Arrays.equals(held, other.held);
  }

  /** Returns the greatest number of elements that a row lacks. */
  int missing() {
    int missing = 0;
    for (int row = 0; row < held.length; row++) {
      missing = Math.max(missing, needed[row] - held[row]);
    }
    return missing;
  }

  /**
   * Returns the inputs that append the next elements of all rows. A row that lacks fewer, or none,
   * gets some of its elements again, or elements after its last one, which have no effect.
   *
   * @param pieces the possible numbers of elements, increasing
   */
  Map<String, Array> next(Set<Integer> pieces) {
    int missing = missing();
    piece =
        pieces.stream()
            .filter(count -> count >= missing)
            .findFirst()
            .orElseGet(() -> pieces.stream().reduce((a, b) -> b).orElseThrow());
    long[] positions = new long[held.length * piece];
    for (int row = 0; row < held.length; row++) {
      starts[row] = Math.min(held[row], capacity - piece);
      for (int i = 0; i < piece; i++) {
        positions[row * piece + i] = (long) starts[row] + i;
      }
    }
    Map<String, Array> inputs =
        new LinkedHashMap<>(
            ElementFeatures.at(context, Array.of(Shape.of(held.length, piece), positions)));
    inputs.put(
        ElementFeatures.STARTS,
        Array.of(Shape.of(held.length), Arrays.stream(starts).asLongStream().toArray()));
    return inputs;
  }

  /** Returns the number of elements of each row that the last inputs append. */
  int piece() {
    return piece;
  }

  /** Records that the last inputs were appended. */
  void appended() {
    for (int row = 0; row < held.length; row++) {
      held[row] = Math.max(held[row], Math.min(needed[row], starts[row] + piece));
    }
  }
}
