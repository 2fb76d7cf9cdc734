package dev.ebt.tensorflow;

import dev.ebt.tensor.Shape;

/** Shapes of operations that broadcast their operands. */
final class Broadcasting {
  private Broadcasting() {}

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
