package dev.ebt.tensorflow;

import dev.ebt.tensor.ElementType;
import org.tensorflow.proto.DataType;

/** The TensorFlow data type of each element type. */
final class TensorFlowTypes {
  private TensorFlowTypes() {}

  static DataType of(ElementType type) {
    return switch (type) {
      case REAL -> DataType.DT_FLOAT;
      case INTEGER -> DataType.DT_INT64;
      case BOOLEAN -> DataType.DT_BOOL;
    };
  }
}
