package dev.ebt.store;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The supported element types of safetensors. All are little-endian. */
enum Dtype {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U8(1),
  BOOL(1);

  /** The number of elements converted at once. */
  private static final int CHUNK = 1 << 14;

  final int bytes;

  Dtype(int bytes) {
    this.bytes = bytes;
  }

  /** A source that fills a buffer with the next bytes of a file. */
  interface Source {
    void fill(ByteBuffer buffer) throws IOException;
  }

  /** Returns the smallest type that represents every value of an array exactly. */
  static Dtype of(Array array) {
    if (array.type() == ElementType.INTEGER) {
      return I64;
    }
    for (int i = 0; i < array.shape().elements(); i++) {
      double value = array.real(i);
      if (!Double.isNaN(value) && value != (float) value) {
        return F64;
      }
    }
    return F32;
  }

  /** Reads an array of this type. */
  Array read(Shape shape, Source source) throws IOException {
    int elements = shape.elements();
    double[] doubles = new double[this == F64 ? elements : 0];
    float[] floats = new float[real() && this != F64 ? elements : 0];
    long[] longs = new long[real() ? 0 : elements];
    ByteBuffer buffer = buffer(Math.min(CHUNK, elements));
    for (int start = 0; start < elements; start += CHUNK) {
      int end = Math.min(elements, start + CHUNK);
      buffer.clear().limit((end - start) * bytes);
      source.fill(buffer);
      buffer.flip();
      for (int i = start; i < end; i++) {
        switch (this) {
          case F64 -> doubles[i] = buffer.getDouble();
          case F32 -> floats[i] = buffer.getFloat();
          case F16 -> floats[i] = half(buffer.getShort());
          case BF16 -> floats[i] = Float.intBitsToFloat(buffer.getShort() << 16);
          case I64 -> longs[i] = buffer.getLong();
          case I32 -> longs[i] = buffer.getInt();
          case I16 -> longs[i] = buffer.getShort();
          case I8 -> longs[i] = buffer.get();
          case U8, BOOL -> longs[i] = Byte.toUnsignedLong(buffer.get());
        }
      }
    }
    return switch (this) {
      case F64 -> Array.of(shape, doubles);
      case F32, F16, BF16 -> Array.of(shape, floats);
      default -> Array.of(shape, longs);
    };
  }

  /**
   * Writes an array of this type, which must be that of {@link #of}, or {@link #F16} for real
   * numbers, which are rounded to the nearest.
   */
  @SuppressWarnings("ByteBufferBackingArray") // Allocated here, without an offset.
  void write(Array array, OutputStream out) throws IOException {
    int elements = array.shape().elements();
    ByteBuffer buffer = buffer(Math.min(CHUNK, elements));
    for (int start = 0; start < elements; start += CHUNK) {
      int end = Math.min(elements, start + CHUNK);
      buffer.clear();
      for (int i = start; i < end; i++) {
        switch (this) {
          case F64 -> buffer.putDouble(array.real(i));
          case F32 -> buffer.putFloat((float) array.real(i));
          case F16 -> buffer.putShort(half((float) array.real(i)));
          default -> buffer.putLong(array.longs()[i]);
        }
      }
      out.write(buffer.array(), 0, buffer.position());
    }
  }

  private boolean real() {
    return this == F64 || this == F32 || this == F16 || this == BF16;
  }

  private ByteBuffer buffer(int elements) {
    return ByteBuffer.allocate(elements * bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Converts IEEE 754 binary16: 1 sign bit, 5 exponent bits, 10 fraction bits. */
  static float half(short bits) {
    int exponent = bits >>> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24f;
          case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Float.intBitsToFloat(exponent + 112 << 23 | fraction << 13);
        };
    return bits < 0 ? -magnitude : magnitude;
  }

  /** Converts to IEEE 754 binary16, to the nearest value and to an even one between two. */
  static short half(float value) {
    int sign = Float.floatToRawIntBits(value) >>> 16 & 0x8000;
    float magnitude = Math.abs(value);
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7e00);
    }
    if (magnitude >= 65520) {
      return (short) (sign | 0x7c00);
    }
    // The value of the last bit: 2⁻²⁴ below the normal numbers, else 2⁻¹⁰ of the leading one.
    int exponent = Math.max(Math.getExponent(magnitude), -14);
    int bits = (int) Math.rint(magnitude * (double) Math.scalb(1f, 10 - exponent));
    return (short) (sign | ((exponent + 14 << 10) + bits));
  }
}
