package dev.ebt.backend.reference;

import dev.ebt.tensor.Shape;

/** Moves elements of any type by their offsets. */
final class Moves {
  private Moves() {}

  /** The elements at the given places: result[i] = from[offsets[i]]. */
  static Value pick(Value from, int[] offsets, Shape shape) {
    int length = offsets.length;
    if (from.elements() instanceof double[] source) {
      double[] picked = new double[length];
      for (int i = 0; i < length; i++) {
        picked[i] = source[offsets[i]];
      }
      return new Value(shape, picked);
    }
    if (from.elements() instanceof long[] source) {
      long[] picked = new long[length];
      for (int i = 0; i < length; i++) {
        picked[i] = source[offsets[i]];
      }
      return new Value(shape, picked);
    }
    boolean[] picked = new boolean[length];
    for (int i = 0; i < length; i++) {
      picked[i] = from.truths()[offsets[i]];
    }
    return new Value(shape, picked);
  }

  /** The elements to the given places: to[offsets[i]] = from[i]. */
  static void put(Value from, int[] offsets, Object to) {
    int length = offsets.length;
    if (from.elements() instanceof double[] source) {
      double[] target = (double[]) to;
      for (int i = 0; i < length; i++) {
        target[offsets[i]] = source[i];
      }
    } else if (from.elements() instanceof long[] source) {
      long[] target = (long[]) to;
      for (int i = 0; i < length; i++) {
        target[offsets[i]] = source[i];
      }
    } else {
      boolean[] target = (boolean[]) to;
      for (int i = 0; i < length; i++) {
        target[offsets[i]] = from.truths()[i];
      }
    }
  }
}
