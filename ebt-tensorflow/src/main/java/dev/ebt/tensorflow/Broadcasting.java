package dev.ebt.tensorflow;

import dev.ebt.tensor.Shape;

/** Shapes of operations that broadcast their operands. */
final class Broadcasting {
  private Broadcasting() {}

  /** Returns whether two shapes differ in leading axes of size 1 at most. */
  static boolean sameButLeadingOnes(Shape a, Shape b) {
    return withoutLeadingOnes(a).equals(withoutLeadingOnes(b));
  }

  private static Shape withoutLeadingOnes(Shape shape) {
    int ones = 0;
    while (ones < shape.rank() && shape.size(ones) == 1) {
      ones++;
    }
    return shape.slice(ones, shape.rank());
  }

  /** Returns a shape without so many leading axes, of size 1, that it has at most this rank. */
  static Shape ofRank(int most, Shape shape) {
    return shape.rank() <= most ? shape : shape.slice(shape.rank() - most, shape.rank());
  }

  /** Returns the shape that two compatible shapes broadcast to. */
  static Shape join(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    int[] sizes = new int[rank];
    for (int back = 1; back <= rank; back++) {
      int left = back <= a.rank() ? a.size(-back) : 1;
      int right = back <= b.rank() ? b.size(-back) : 1;
      sizes[rank - back] = left == 1 ? right : left;
    }
    return Shape.of(sizes);
  }
}
