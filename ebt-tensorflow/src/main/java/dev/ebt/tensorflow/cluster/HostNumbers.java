package dev.ebt.tensorflow.cluster;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_AllocateTensor;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DOUBLE;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_FLOAT;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_INT32;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_INT64;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_TensorData;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.tensorflow.internal.c_api.TF_Tensor;
import org.tensorflow.proto.DataType;

/** A Java array of numbers that are summed over processes, in one of the types of TensorFlow. */
sealed interface HostNumbers {
  /** Returns the type of the elements. */
  DataType type();

  /** Returns the number of elements. */
  int length();

  /** Returns a native copy of the numbers, which the caller deletes. */
  TF_Tensor tensor();

  /** Takes the numbers of a native tensor of the same length. */
  void take(TF_Tensor tensor);

  /** Returns a native 32-bit integer, which the caller deletes. */
  static TF_Tensor scalar(int value) {
    TF_Tensor tensor = TF_AllocateTensor(TF_INT32, new long[] {}, 0, Integer.BYTES);
    new IntPointer(TF_TensorData(tensor)).put(value);
    return tensor;
  }

  /** Numbers in single precision. */
  record Floats(float[] values) implements HostNumbers {
    @Override
    public DataType type() {
      return DataType.DT_FLOAT;
    }

    @Override
    public int length() {
      return values.length;
    }

    @Override
    public TF_Tensor tensor() {
      TF_Tensor tensor = allocated(TF_FLOAT, values.length, Float.BYTES);
      new FloatPointer(TF_TensorData(tensor)).put(values, 0, values.length);
      return tensor;
    }

    @Override
    public void take(TF_Tensor tensor) {
      new FloatPointer(TF_TensorData(tensor)).get(values, 0, values.length);
    }
  }

  /** Numbers in double precision. */
  record Doubles(double[] values) implements HostNumbers {
    @Override
    public DataType type() {
      return DataType.DT_DOUBLE;
    }

    @Override
    public int length() {
      return values.length;
    }

    @Override
    public TF_Tensor tensor() {
      TF_Tensor tensor = allocated(TF_DOUBLE, values.length, Double.BYTES);
      new DoublePointer(TF_TensorData(tensor)).put(values, 0, values.length);
      return tensor;
    }

    @Override
    public void take(TF_Tensor tensor) {
      new DoublePointer(TF_TensorData(tensor)).get(values, 0, values.length);
    }
  }

  /** Whole numbers. */
  record Longs(long[] values) implements HostNumbers {
    @Override
    public DataType type() {
      return DataType.DT_INT64;
    }

    @Override
    public int length() {
      return values.length;
    }

    @Override
    public TF_Tensor tensor() {
      TF_Tensor tensor = allocated(TF_INT64, values.length, Long.BYTES);
      new LongPointer(TF_TensorData(tensor)).put(values, 0, values.length);
      return tensor;
    }

    @Override
    public void take(TF_Tensor tensor) {
      new LongPointer(TF_TensorData(tensor)).get(values, 0, values.length);
    }
  }

  private static TF_Tensor allocated(int type, int length, int size) {
    return TF_AllocateTensor(type, new long[] {length}, 1, (long) length * size);
  }
}
