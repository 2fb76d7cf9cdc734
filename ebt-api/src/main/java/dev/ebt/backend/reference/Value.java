package dev.ebt.backend.reference;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Shape;

/**
 * The value of a tensor during a run: a shape and its elements in row-major order. Immutable by
 * convention, so values may share their elements.
 *
 * @param elements {@code double[]}, {@code long[]} or {@code boolean[]}, depending on the element
 *     type
 */
record Value(Shape shape, Object elements) {
  static Value of(Array array) {
    return new Value(
        array.shape(), array.type() == ElementType.INTEGER ? array.longs() : array.doubles());
  }

  /** Returns a new array of elements, all of them 0 or false. */
  static Object room(ElementType type, int length) {
    return switch (type) {
      case REAL -> new double[length];
      case INTEGER -> new long[length];
      case BOOLEAN -> new boolean[length];
    };
  }

  double[] reals() {
    return (double[]) elements;
  }

  long[] wholes() {
    return (long[]) elements;
  }

  boolean[] truths() {
    return (boolean[]) elements;
  }

  Value copy() {
    if (elements instanceof double[] reals) {
      return new Value(shape, reals.clone());
    }
    return elements instanceof long[] wholes
        ? new Value(shape, wholes.clone())
        : new Value(shape, truths().clone());
  }

  Array toArray() {
    return elements instanceof long[] wholes ? Array.of(shape, wholes) : Array.of(shape, reals());
  }
}
