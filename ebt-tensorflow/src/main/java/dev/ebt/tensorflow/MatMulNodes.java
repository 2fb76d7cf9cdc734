package dev.ebt.tensorflow;

import dev.ebt.tensor.MatMul;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.stream.IntStream;
import org.tensorflow.proto.DataType;

/** Nodes of matrix products. */
final class MatMulNodes {
  /**
   * The most rows for which X·Wᵀ is computed as (W·Xᵀ)ᵀ by kernels that reorder Wᵀ: for a weight
   * and few rows this takes several times as long as the product itself.
   */
  private static final int FEW_ROWS = 64;

  private MatMulNodes() {}

  static String product(
      GraphWriter writer,
      ProductKernels kernels,
      MatMul op,
      Tensor tensor,
      String left,
      String right) {
    Shape shape = tensor.shape();
    int rows = shape.size(-2);
    boolean few = rows > 1 && rows <= FEW_ROWS && rows < shape.size(-1);
    if (few && kernels != ProductKernels.ONE_DNN && !op.transposeLeft() && op.transposeRight()) {
      return transposed(writer, tensor, product(writer, tensor, right, left, false, true));
    }
    return shape.rank() > 2 && rows == 1 && kernels == ProductKernels.ONE_DNN
        ? byEigen(writer, op, tensor, left, right)
        : product(writer, tensor, left, right, op.transposeLeft(), op.transposeRight());
  }

  /** Swaps the last two axes of a value to those of the tensor. */
  private static String transposed(GraphWriter writer, Tensor tensor, String value) {
    int rank = tensor.shape().rank();
    int[] order =
        IntStream.range(0, rank)
            .map(axis -> axis < rank - 2 ? axis : 2 * rank - 3 - axis)
            .toArray();
    return writer
        .node("Transpose", value, writer.ints(order))
        .attribute("T", tensor.type())
        .attribute("Tperm", DataType.DT_INT32)
        .add();
  }

  /** Adds a batch of products by the operation of mixed types, which oneDNN does not replace. */
  private static String byEigen(
      GraphWriter writer, MatMul op, Tensor tensor, String left, String right) {
    return writer
        .node("BatchMatMulV3", left, right)
        .attribute("Ta", tensor.type())
        .attribute("Tb", tensor.type())
        .attribute("Tout", tensor.type())
        .attribute("adj_x", op.transposeLeft())
        .attribute("adj_y", op.transposeRight())
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
