package dev.ebt.backend.reference;

import dev.ebt.tensor.Shape;
import java.util.List;

/**
 * Offsets of the elements of one array in another. Every operation that moves, repeats or reduces
 * elements is based on this: element (i₀, i₁, …) is at start + Σ iₖ · strideₖ.
 */
final class Offsets {
  private Offsets() {}

  /** Returns, for each element of {@code shape} in row-major order, start + Σ index · stride. */
  static int[] of(Shape shape, int start, int[] strides) {
    int[] offsets = new int[shape.elements()];
    int[] sizes = shape.toIntArray();
    int[] index = new int[sizes.length];
    int offset = start;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = offset;
      // Increment the index: the last axis varies fastest and carries into the one before it.
      for (int axis = sizes.length - 1; axis >= 0; axis--) {
        offset += strides[axis];
        if (++index[axis] < sizes[axis]) {
          break;
        }
        offset -= sizes[axis] * strides[axis];
        index[axis] = 0;
      }
    }
    return offsets;
  }

  /** Returns the row-major strides: the distance between neighbours along each axis. */
  static int[] strides(Shape shape) {
    int[] strides = new int[shape.rank()];
    int stride = 1;
    for (int axis = strides.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape.size(axis);
    }
    return strides;
  }

  /**
   * Returns, for each element of {@code to}, the offset in {@code from} of the element broadcast to
   * it.
   */
  static int[] broadcast(Shape from, Shape to) {
    int[] source = strides(from);
    int[] strides = new int[to.rank()];
    int missing = to.rank() - from.rank();
    for (int axis = missing; axis < strides.length; axis++) {
      strides[axis] = from.size(axis - missing) == 1 ? 0 : source[axis - missing];
    }
    return of(to, 0, strides);
  }

  /**
   * Returns, for each element of {@code block}, its offset in {@code whole} if the block begins at
   * {@code starts}.
   */
  static int[] block(Shape block, Shape whole, List<Integer> starts) {
    int[] strides = strides(whole);
    int start = 0;
    for (int axis = 0; axis < strides.length; axis++) {
      start += starts.get(axis) * strides[axis];
    }
    return of(block, start, strides);
  }

  /**
   * Returns, for each element of the transposed shape, its offset before: axis i was axis {@code
   * order(i)}.
   */
  static int[] transpose(Shape from, Shape to, List<Integer> order) {
    int[] source = strides(from);
    return of(to, 0, order.stream().mapToInt(axis -> source[axis]).toArray());
  }

  /**
   * Returns the offsets in a table of all elements of the rows with the given indices, row by row.
   *
   * @param operation the operation to name in the message if there is no such row
   */
  static int[] rows(String operation, long[] indices, int rows, int width) {
    int[] places = new int[indices.length * width];
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] < 0 || indices[i] >= rows) {
        throw new IllegalArgumentException(
            operation + ": index " + indices[i] + " in a table of " + rows + " rows");
      }
      for (int k = 0; k < width; k++) {
        places[i * width + k] = (int) indices[i] * width + k;
      }
    }
    return places;
  }
}
