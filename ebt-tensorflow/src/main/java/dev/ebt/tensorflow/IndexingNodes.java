package dev.ebt.tensorflow;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Indexing;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.List;
import org.tensorflow.proto.DataType;

/** Nodes that use integers as row indices. */
final class IndexingNodes {
  private IndexingNodes() {}

  static String gather(GraphWriter writer, Tensor tensor, String table, String indices) {
    return writer
        .node("GatherV2", table, indices, writer.scalarInt(0))
        .attribute("Tparams", tensor.type())
        .attribute("Tindices", ElementType.INTEGER)
        .attribute("Taxis", DataType.DT_INT32)
        .attribute("batch_dims", 0)
        .add();
  }

  static String scatterAdd(
      GraphWriter writer, Indexing.ScatterAdd op, Tensor tensor, String updates, String indices) {
    return writer
        .node("UnsortedSegmentSum", updates, indices, writer.scalarInt(op.rows()))
        .attribute("T", tensor.type())
        .attribute("Tindices", ElementType.INTEGER)
        .attribute("Tnumsegments", DataType.DT_INT32)
        .add();
  }

  /**
   * Adds an update in the buffer of the table. Unlike an operation on the variable it does not make
   * every later read copy the variable.
   *
   * @param operands the table, the indices and the rows
   */
  static String updateInPlace(GraphWriter writer, Tensor tensor, List<String> operands) {
    Tensor indices = tensor.input(1);
    int count = indices.shape().elements();
    String numbers =
        writer
            .node(
                "Cast",
                ShapeNodes.reshape(writer, indices.type(), Shape.of(count), operands.get(1)))
            .attribute("SrcT", ElementType.INTEGER)
            .attribute("DstT", DataType.DT_INT32)
            .add();
    Shape rows = tensor.shape().with(0, count);
    return writer
        .node(
            "InplaceUpdate",
            operands.get(0),
            numbers,
            ShapeNodes.reshape(writer, tensor.type(), rows, operands.get(2)))
        .attribute("T", tensor.type())
        .add();
  }

  /**
   * Adds an update of a copy of the table.
   *
   * @param operands the table, the indices and the rows
   */
  static String scatterUpdate(GraphWriter writer, Tensor tensor, List<String> operands) {
    Tensor indices = tensor.input(1);
    int count = indices.shape().elements();
    Shape rows = tensor.shape().with(0, count);
    return writer
        .node(
            "TensorScatterUpdate",
            operands.get(0),
            ShapeNodes.reshape(writer, indices.type(), Shape.of(count, 1), operands.get(1)),
            ShapeNodes.reshape(writer, tensor.type(), rows, operands.get(2)))
        .attribute("T", tensor.type())
        .attribute("Tindices", ElementType.INTEGER)
        .add();
  }

  /**
   * Adds the addition of single numbers to a tensor, each to the element of an index in row-major
   * order. TensorFlow writes into the tensor's buffer if nothing else needs it.
   */
  static String addAt(
      GraphWriter writer, Shape shape, String tensor, int count, String indices, String numbers) {
    String sum =
        writer
            .node(
                "TensorScatterAdd",
                ShapeNodes.reshape(writer, ElementType.REAL, Shape.of(shape.elements()), tensor),
                ShapeNodes.reshape(writer, ElementType.INTEGER, Shape.of(count, 1), indices),
                ShapeNodes.reshape(writer, ElementType.REAL, Shape.of(count), numbers))
            .attribute("T", ElementType.REAL)
            .attribute("Tindices", ElementType.INTEGER)
            .add();
    return ShapeNodes.reshape(writer, ElementType.REAL, shape, sum);
  }

  static String oneHot(GraphWriter writer, Indexing.OneHot op, Tensor tensor, String indices) {
    return writer
        .node(
            "OneHot",
            indices,
            writer.scalarInt(op.depth()),
            writer.constant(Array.scalar(1.0)),
            writer.constant(Array.scalar(0.0)))
        .attribute("T", tensor.type())
        .attribute("TI", ElementType.INTEGER)
        .attribute("axis", -1)
        .add();
  }
}
