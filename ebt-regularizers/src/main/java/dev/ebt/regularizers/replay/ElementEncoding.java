package dev.ebt.regularizers.replay;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.nio.ByteBuffer;
import java.util.List;

/** A storage format of numbers. */
public enum ElementEncoding {
  /** 64-bit integers. */
  INT64(8) {
    @Override
    void write(Array from, int start, int count, ByteBuffer to) {
      to.asLongBuffer().put(from.longs(), start, count);
    }

    @Override
    Array read(List<ByteBuffer> from, int count, Shape shape) {
      long[] numbers = new long[shape.elements()];
      for (int i = 0; i < from.size(); i++) {
        from.get(i).asLongBuffer().get(numbers, i * count, count);
      }
      return Array.of(shape, numbers);
    }
  },
  /** Single precision. */
  FLOAT32(4) {
    @Override
    void write(Array from, int start, int count, ByteBuffer to) {
      to.asFloatBuffer().put(from.floats(), start, count);
    }

    @Override
    Array read(List<ByteBuffer> from, int count, Shape shape) {
      float[] numbers = new float[shape.elements()];
      for (int i = 0; i < from.size(); i++) {
        from.get(i).asFloatBuffer().get(numbers, i * count, count);
      }
      return Array.of(shape, numbers);
    }
  },
  /** The upper half of single precision. */
  BFLOAT16(2) {
    @Override
    void write(Array from, int start, int count, ByteBuffer to) {
      float[] values = from.floats();
      for (int i = start; i < start + count; i++) {
        to.putShort(rounded(values[i]));
      }
    }

    @Override
    Array read(List<ByteBuffer> from, int count, Shape shape) {
      float[] numbers = new float[shape.elements()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Float.intBitsToFloat(from.get(i / count).getShort() << 16);
      }
      return Array.of(shape, numbers);
    }
  };

  /** Bytes per number. */
  final int bytes;

  ElementEncoding(int bytes) {
    this.bytes = bytes;
  }

  /** Writes {@code count} numbers of an array, starting at index {@code start}. */
  abstract void write(Array from, int start, int count, ByteBuffer to);

  /**
   * Reads {@code count} numbers from each buffer.
   *
   * @param shape the shape of the array of all numbers
   */
  abstract Array read(List<ByteBuffer> from, int count, Shape shape);

  /** Rounds to the nearest value, ties to even; NaN remains NaN. */
  private static short rounded(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) (bits >>> 16 | 0x40);
    }
    return (short) (bits + 0x7FFF + (bits >>> 16 & 1) >>> 16);
  }
}
