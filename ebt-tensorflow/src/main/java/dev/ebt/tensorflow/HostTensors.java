package dev.ebt.tensorflow;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.Arrays;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/** Conversion of arrays to native tensors and back, each in one bulk copy. */
final class HostTensors {
  private HostTensors() {}

  /** Returns a native copy of the array, which the caller closes. */
  static Tensor of(Array array) {
    org.tensorflow.ndarray.Shape shape =
        org.tensorflow.ndarray.Shape.of(array.shape().toLongArray());
    return switch (array.type()) {
      case REAL ->
          TFloat32.tensorOf(
              shape, tensor -> tensor.asRawTensor().data().asFloats().write(array.floats()));
      case INTEGER ->
          TInt64.tensorOf(
              shape, tensor -> tensor.asRawTensor().data().asLongs().write(array.longs()));
      case BOOLEAN -> throw new IllegalArgumentException("no truth values on the host: " + array);
    };
  }

  /** Returns a native scalar of these bytes, which the caller closes. */
  static Tensor of(byte[] text) {
    return TString.tensorOfBytes(NdArrays.scalarOfObject(text));
  }

  /** Returns the bytes of a native scalar of text. */
  static byte[] text(Tensor tensor) {
    return ((TString) tensor).asBytes().getObject();
  }

  /** Returns a copy of the native tensor on the host. */
  static Array array(Tensor tensor) {
    Shape shape =
        Shape.of(Arrays.stream(tensor.shape().asArray()).mapToInt(Math::toIntExact).toArray());
    return switch (tensor.dataType()) {
      case DT_FLOAT -> {
        float[] values = new float[shape.elements()];
        tensor.asRawTensor().data().asFloats().read(values);
        yield Array.of(shape, values);
      }
      case DT_INT64 -> {
        long[] values = new long[shape.elements()];
        tensor.asRawTensor().data().asLongs().read(values);
        yield Array.of(shape, values);
      }
      default -> throw new IllegalArgumentException("no array of " + tensor.dataType());
    };
  }
}
