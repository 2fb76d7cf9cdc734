package dev.ebt.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The static sizes of a tensor's axes, outermost first. A scalar has no axes. Immutable. */
public final class Shape {
  private static final Shape SCALAR = new Shape(new int[0]);

  private final int[] sizes;

  private Shape(int[] sizes) {
    this.sizes = sizes;
  }

  /**
   * Returns the shape with the given axis sizes.
   *
   * @throws ShapeException if a size is negative
   */
  public static Shape of(int... sizes) {
    for (int size : sizes) {
      if (size < 0) {
        throw new ShapeException("shape", "negative size in " + Arrays.toString(sizes));
      }
    }
    return new Shape(sizes.clone());
  }

  /** Returns the shape without axes. */
  public static Shape scalar() {
    return SCALAR;
  }

  /** Returns the number of axes. */
  public int rank() {
    return sizes.length;
  }

  /** Returns the size of one axis; negative axes count from the end, −1 being the last. */
  public int size(int axis) {
    return sizes[axis(axis)];
  }

  /** Returns the number of elements: the product of all sizes. */
  public int elements() {
    return Math.toIntExact(Arrays.stream(sizes).asLongStream().reduce(1, (a, b) -> a * b));
  }

  /** Returns a copy of the sizes. */
  public int[] toIntArray() {
    return sizes.clone();
  }

  /** Returns a copy of the sizes as longs, as most engines require. */
  public long[] toLongArray() {
    return Arrays.stream(sizes).asLongStream().toArray();
  }

  /** Returns the axis counted from the front, for one that may be counted from the end. */
  int axis(int axis) {
    int fromFront = axis < 0 ? axis + sizes.length : axis;
    if (fromFront < 0 || fromFront >= sizes.length) {
      throw new ShapeException("axis", "no axis " + axis + " in " + this);
    }
    return fromFront;
  }

  /** Returns this shape with the size of one axis replaced. */
  public Shape with(int axis, int size) {
    int[] changed = sizes.clone();
    changed[axis(axis)] = size;
    return of(changed);
  }

  /** Returns this shape followed by further axes. */
  public Shape plus(int... inner) {
    int[] joined = Arrays.copyOf(sizes, sizes.length + inner.length);
    System.arraycopy(inner, 0, joined, sizes.length, inner.length);
    return of(joined);
  }

  /** Returns the axes from {@code from} (inclusive) to {@code to} (exclusive). */
  public Shape slice(int from, int to) {
    return of(Arrays.copyOfRange(sizes, from, to));
  }

  /**
   * Returns the common broadcast shape: aligned at the last axis, sizes equal or one of them 1.
   *
   * @throws ShapeException naming {@code operation} if the shapes are incompatible
   */
  static Shape broadcast(String operation, Shape left, Shape right) {
    int rank = Math.max(left.rank(), right.rank());
    int[] joined = new int[rank];
    for (int back = 1; back <= rank; back++) {
      int a = back <= left.rank() ? left.sizes[left.rank() - back] : 1;
      int b = back <= right.rank() ? right.sizes[right.rank() - back] : 1;
      if (a != b && a != 1 && b != 1) {
        throw new ShapeException(operation, left + " and " + right + " do not broadcast");
      }
      joined[rank - back] = a == 1 ? b : a;
    }
    return new Shape(joined);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  @Override
  public String toString() {
    return Arrays.stream(sizes)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
