package dev.ebt.tensorflow;

import dev.ebt.tensor.MatMul;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.stream.IntStream;
import org.tensorflow.proto.DataType;

/** Nodes of matrix products. */
final class MatMulNodes {
  /**
   * The most rows for which X·Wᵀ is computed as (W·Xᵀ)ᵀ. On the CPU, TensorFlow reorders a
   * transposed right matrix element by element before it multiplies: for a weight and few rows this
   * takes several times as long as the product itself.
   */
  private static final int FEW_ROWS = 64;

  private MatMulNodes() {}

  static String product(GraphWriter writer, MatMul op, Tensor tensor, String left, String right) {
    int rows = tensor.shape().size(-2);
    boolean few = rows > 1 && rows <= FEW_ROWS && rows < tensor.shape().size(-1);
    if (!few || op.transposeLeft() || !op.transposeRight()) {
      return product(writer, tensor, left, right, op.transposeLeft(), op.transposeRight());
    }
    String transposed = product(writer, tensor, right, left, false, true);
    Shape shape = tensor.shape();
    int rank = shape.rank();
    int[] order =
        IntStream.range(0, rank)
            .map(axis -> axis < rank - 2 ? axis : 2 * rank - 3 - axis)
            .toArray();
    return writer
        .node("Transpose", transposed, writer.ints(order))
        .attribute("T", tensor.type())
        .attribute("Tperm", DataType.DT_INT32)
        .add();
  }

  private static String product(
      GraphWriter writer,
      Tensor tensor,
      String left,
      String right,
      boolean transposeLeft,
      boolean transposeRight) {
    boolean flat = tensor.shape().rank() == 2;
    return writer
        .node(flat ? "MatMul" : "BatchMatMulV2", left, right)
        .attribute("T", tensor.type())
        .attribute(flat ? "transpose_a" : "adj_x", transposeLeft)
        .attribute(flat ? "transpose_b" : "adj_y", transposeRight)
        .add();
  }
}
