package dev.ebt.tensor;

import java.util.Arrays;

/**
 * Numbers on the host with a shape: what goes into a program and what comes out. Row-major (the
 * last axis is contiguous). Immutable by convention: an array handed over is not copied, so its
 * owner does not write to it any more.
 *
 * <p>Real values are kept as {@code float} or {@code double}, whichever their maker had; both can
 * be read either way.
 */
public final class Array {
  private final Shape shape;
  private final ElementType type;
  private final Object values;

  private Array(Shape shape, ElementType type, Object values, int length) {
    if (shape.elements() != length) {
      throw new ShapeException("array", length + " values do not fill " + shape);
    }
    this.shape = shape;
    this.type = type;
    this.values = values;
  }

  /** Real values in single precision. */
  public static Array of(Shape shape, float... values) {
    return new Array(shape, ElementType.REAL, values, values.length);
  }

  /** Real values in double precision. */
  public static Array of(Shape shape, double... values) {
    return new Array(shape, ElementType.REAL, values, values.length);
  }

  /** Whole numbers. */
  public static Array of(Shape shape, long... values) {
    return new Array(shape, ElementType.INTEGER, values, values.length);
  }

  /** One real number. */
  public static Array scalar(double value) {
    return of(Shape.scalar(), value);
  }

  /** One whole number. */
  public static Array scalar(long value) {
    return of(Shape.scalar(), value);
  }

  /** Every element the same real number. */
  public static Array filled(Shape shape, double value) {
    float[] values = new float[shape.elements()];
    Arrays.fill(values, (float) value);
    return of(shape, values);
  }

  /** The sizes of the axes. */
  public Shape shape() {
    return shape;
  }

  /** {@link ElementType#REAL} or {@link ElementType#INTEGER}. */
  public ElementType type() {
    return type;
  }

  /** The values as floats; not a copy if they are kept so. */
  public float[] floats() {
    if (values instanceof float[] floats) {
      return floats;
    }
    float[] converted = new float[shape.elements()];
    for (int i = 0; i < converted.length; i++) {
      converted[i] = (float) real(i);
    }
    return converted;
  }

  /** The values as doubles; not a copy if they are kept so. */
  public double[] doubles() {
    if (values instanceof double[] doubles) {
      return doubles;
    }
    double[] converted = new double[shape.elements()];
    for (int i = 0; i < converted.length; i++) {
      converted[i] = real(i);
    }
    return converted;
  }

  /**
   * The whole numbers; not a copy.
   *
   * @throws IllegalStateException if the values are real
   */
  public long[] longs() {
    if (values instanceof long[] longs) {
      return longs;
    }
    throw new IllegalStateException("real values asked for as whole numbers, shape " + shape);
  }

  /** One element by its position in row-major order, as a double. */
  public double real(int index) {
    if (values instanceof float[] floats) {
      return floats[index];
    }
    return values instanceof double[] doubles ? doubles[index] : ((long[]) values)[index];
  }

  /** The only element of an array that has just one. */
  public double item() {
    if (shape.elements() != 1) {
      throw new ShapeException("item", "one element expected, found shape " + shape);
    }
    return real(0);
  }

  /** Same values, other axes. */
  public Array reshape(Shape target) {
    return new Array(target, type, values, shape.elements());
  }

  /** {@code size} rows from {@code start} on: a part of the first axis. A copy. */
  public Array slice(int start, int size) {
    Shape part = shape.with(0, size);
    int row = Math.toIntExact((long) shape.elements() / Math.max(1, shape.size(0)));
    int from = start * row;
    int to = from + size * row;
    if (values instanceof float[] floats) {
      return of(part, Arrays.copyOfRange(floats, from, to));
    }
    return values instanceof double[] doubles
        ? of(part, Arrays.copyOfRange(doubles, from, to))
        : of(part, Arrays.copyOfRange((long[]) values, from, to));
  }

  /**
   * The rows of this and then those of another array of the same type, which differs in their
   * number only; in double precision if either is.
   */
  public Array concat(Array more) {
    Shape joined = shape.with(0, shape.size(0) + more.shape.size(0));
    if (type != more.type || !shape.with(0, 0).equals(more.shape.with(0, 0))) {
      throw new ShapeException(
          "concat", type + " " + shape + " and " + more.type + " " + more.shape);
    }
    int here = shape.elements();
    int there = more.shape.elements();
    if (type == ElementType.INTEGER) {
      long[] longs = Arrays.copyOf(longs(), here + there);
      System.arraycopy(more.longs(), 0, longs, here, there);
      return of(joined, longs);
    }
    if (values instanceof double[] || more.values instanceof double[]) {
      double[] doubles = Arrays.copyOf(doubles(), here + there);
      System.arraycopy(more.doubles(), 0, doubles, here, there);
      return of(joined, doubles);
    }
    float[] floats = Arrays.copyOf(floats(), here + there);
    System.arraycopy(more.floats(), 0, floats, here, there);
    return of(joined, floats);
  }

  /** Same shape, same type, same numbers (compared as doubles, bit for bit). */
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Array array) || !shape.equals(array.shape) || type != array.type) {
      return false;
    }
    return type == ElementType.INTEGER
        ? Arrays.equals(longs(), array.longs())
        : Arrays.equals(doubles(), array.doubles());
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode()
        + (type == ElementType.INTEGER ? Arrays.hashCode(longs()) : Arrays.hashCode(doubles()));
  }

  /** Shape and the first few values, for messages. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(type + " " + shape + " {");
    int shown = Math.min(shape.elements(), 8);
    for (int i = 0; i < shown; i++) {
      text.append(i == 0 ? "" : ", ").append(real(i));
    }
    return text.append(shown < shape.elements() ? ", …}" : "}").toString();
  }
}
