package dev.ebt.regularizers.replay;

import dev.ebt.tensor.Array;
import java.nio.ByteBuffer;

/** A storage format of numbers. */
public enum ElementEncoding {
  /** 64-bit integers. */
  INT64(8) {
    @Override
    void write(Array from, int start, int count, ByteBuffer to) {
      to.asLongBuffer().put(from.longs(), start, count);
    }
  },
  /** Single precision. */
  FLOAT32(4) {
    @Override
    void write(Array from, int start, int count, ByteBuffer to) {
      to.asFloatBuffer().put(from.floats(), start, count);
    }

    @Override
    void read(ByteBuffer from, float[] to, int start, int count) {
      from.asFloatBuffer().get(to, start, count);
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
    void read(ByteBuffer from, float[] to, int start, int count) {
      for (int i = start; i < start + count; i++) {
        to[i] = Float.intBitsToFloat(from.getShort() << 16);
      }
    }
  };

  /** Bytes per number. */
  final int bytes;

  ElementEncoding(int bytes) {
    this.bytes = bytes;
  }

  /** Writes {@code count} numbers of an array, starting at index {@code start}. */
  abstract void write(Array from, int start, int count, ByteBuffer to);

  /** Reads {@code count} real numbers into an array, starting at index {@code start}. */
  void read(ByteBuffer from, float[] to, int start, int count) {
    throw new UnsupportedOperationException(this + " has integers");
  }

  /** Rounds to the nearest value, ties to even; NaN remains NaN. */
  private static short rounded(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) (bits >>> 16 | 0x40);
    }
    return (short) (bits + 0x7FFF + (bits >>> 16 & 1) >>> 16);
  }
}
