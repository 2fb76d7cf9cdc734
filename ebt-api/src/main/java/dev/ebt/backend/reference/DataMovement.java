package dev.ebt.backend.reference;

import dev.ebt.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Utilities to move elements of any type by their offsets. */
final class DataMovement {
  private DataMovement() {}

  /** Returns the elements at the given offsets: result[i] = from[offsets[i]]. */
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

  /** Writes the elements to the given offsets: to[offsets[i]] = from[i]. */
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

  static Value broadcast(Value value, Shape target) {
    return value.shape().equals(target)
        ? value
        : pick(value, Offsets.broadcast(value.shape(), target), target);
  }

  static Value transpose(Value value, List<Integer> order) {
    Shape target = Shape.of(order.stream().mapToInt(value.shape()::size).toArray());
    return pick(value, Offsets.transpose(value.shape(), target, order), target);
  }

  /** Returns a value with the last two axes exchanged. */
  static Value transposed(Value value) {
    int rank = value.shape().rank();
    List<Integer> order = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    Collections.swap(order, rank - 2, rank - 1);
    return transpose(value, order);
  }
}
