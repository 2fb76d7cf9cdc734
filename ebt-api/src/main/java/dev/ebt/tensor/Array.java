package dev.ebt.tensor;

import java.util.Arrays;

/**
 * An array of numbers on the host: the inputs and outputs of programs. Row-major (the last axis is
 * contiguous). Immutable by convention: arrays passed to the factory methods are not copied, so the
 * caller must not modify them afterwards.
 *
 * <p>Real values are stored as {@code float} or {@code double}, as they were passed in; both can be
 * read as either type.
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

  /** Creates an array of real values in single precision. */
  public static Array of(Shape shape, float... values) {
    return new Array(shape, ElementType.REAL, values, values.length);
  }

  /** Creates an array of real values in double precision. */
  public static Array of(Shape shape, double... values) {
    return new Array(shape, ElementType.REAL, values, values.length);
  }

  /** Creates an array of whole numbers. */
  public static Array of(Shape shape, long... values) {
    return new Array(shape, ElementType.INTEGER, values, values.length);
  }

  /** Creates a scalar real array. */
  public static Array scalar(double value) {
    return of(Shape.scalar(), value);
  }

  /** Creates a scalar array of one whole number. */
  public static Array scalar(long value) {
    return of(Shape.scalar(), value);
  }

  /** Creates an array with every element set to the same real number. */
  public static Array filled(Shape shape, double value) {
    float[] values = new float[shape.elements()];
    Arrays.fill(values, (float) value);
    return of(shape, values);
  }

  /** Returns the sizes of the axes. */
  public Shape shape() {
    return shape;
  }

  /** Returns {@link ElementType#REAL} or {@link ElementType#INTEGER}. */
  public ElementType type() {
    return type;
  }

  /** Returns the values as floats; not a copy if they are stored as floats. */
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

  /** Returns the values as doubles; not a copy if they are stored as doubles. */
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
   * Returns the whole numbers; not a copy.
   *
   * @throws IllegalStateException if the values are real
   */
  public long[] longs() {
    if (values instanceof long[] longs) {
      return longs;
    }
    throw new IllegalStateException("real values requested as integers, shape " + shape);
  }

  /** Returns the element at a position in row-major order, as a double. */
  public double real(int index) {
    if (values instanceof float[] floats) {
      return floats[index];
    }
    return values instanceof double[] doubles ? doubles[index] : ((long[]) values)[index];
  }

  /**
   * Returns the only element of a one-element array.
   *
   * @throws ShapeException if the array does not have exactly one element
   */
  public double item() {
    if (shape.elements() != 1) {
      throw new ShapeException("item", "one element expected, found shape " + shape);
    }
    return real(0);
  }

  /** Returns an array with the same values and another shape. */
  public Array reshape(Shape target) {
    return new Array(target, type, values, shape.elements());
  }

  /** Returns a copy of {@code size} rows of the first axis, beginning at {@code start}. */
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

  /** Returns a copy of the rows of the first axis with these numbers, in this order. */
  public Array rows(int... numbers) {
    Shape gathered = shape.with(0, numbers.length);
    int row = Math.toIntExact((long) shape.elements() / Math.max(1, shape.size(0)));
    int length = gathered.elements();
    Object to =
        values instanceof float[]
            ? new float[length]
            : values instanceof double[] ? new double[length] : new long[length];
    for (int i = 0; i < numbers.length; i++) {
      System.arraycopy(values, numbers[i] * row, to, i * row, row);
    }
    return new Array(gathered, type, to, length);
  }

  /** Returns a copy of one row of the first axis, without that axis. */
  public Array row(int row) {
    return slice(row, 1).reshape(shape.slice(1, shape.rank()));
  }

  /**
   * Returns the rows of this array followed by those of {@code more}, which has the same type and
   * the same shape except for the number of rows; in double precision if either is.
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

  /** Returns whether shape, type and values are equal (values compared as doubles, bit for bit). */
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

  /** Returns the shape and the first few values, for messages. */
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
