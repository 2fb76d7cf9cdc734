package dev.ebt.tensorflow;

import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.ShapeOps;
import dev.ebt.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.proto.DataType;

/** Nodes that rearrange elements without computing. */
final class ShapeNodes {
  private ShapeNodes() {}

  static String reshape(GraphWriter writer, ElementType type, Shape shape, String input) {
    return writer
        .node("Reshape", input, writer.ints(shape.toIntArray()))
        .attribute("T", type)
        .attribute("Tshape", DataType.DT_INT32)
        .add();
  }

  static String transpose(GraphWriter writer, ShapeOps.Transpose op, Tensor tensor, String input) {
    return writer
        .node("Transpose", input, writer.ints(op.order()))
        .attribute("T", tensor.type())
        .attribute("Tperm", DataType.DT_INT32)
        .add();
  }

  static String broadcast(GraphWriter writer, Tensor tensor, String input) {
    return writer
        .node("BroadcastTo", input, writer.ints(tensor.shape().toIntArray()))
        .attribute("T", tensor.type())
        .attribute("Tidx", DataType.DT_INT32)
        .add();
  }

  static String slice(GraphWriter writer, ShapeOps.Slice op, Tensor tensor, String input) {
    return writer
        .node("Slice", input, writer.ints(op.starts()), writer.ints(op.target().toIntArray()))
        .attribute("T", tensor.type())
        .attribute("Index", DataType.DT_INT32)
        .add();
  }

  static String pad(GraphWriter writer, ShapeOps.Pad op, Tensor tensor, String input) {
    Shape shape = tensor.input(0).shape();
    int[] amounts = new int[2 * shape.rank()];
    for (int i = 0; i < shape.rank(); i++) {
      amounts[2 * i] = op.starts().get(i);
      amounts[2 * i + 1] = op.target().size(i) - op.starts().get(i) - shape.size(i);
    }
    return writer
        .node("Pad", input, writer.ints(Shape.of(shape.rank(), 2), amounts))
        .attribute("T", tensor.type())
        .attribute("Tpaddings", DataType.DT_INT32)
        .add();
  }

  static String concat(GraphWriter writer, ShapeOps.Concat op, Tensor tensor, List<String> parts) {
    List<String> inputs = new ArrayList<>(parts);
    inputs.add(writer.scalarInt(op.axis()));
    return writer
        .node("ConcatV2", inputs.toArray(String[]::new))
        .attribute("N", parts.size())
        .attribute("T", tensor.type())
        .attribute("Tidx", DataType.DT_INT32)
        .add();
  }
}
