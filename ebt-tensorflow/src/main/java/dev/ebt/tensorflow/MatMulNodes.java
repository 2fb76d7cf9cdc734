package dev.ebt.tensorflow;

import dev.ebt.tensor.MatMul;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.proto.DataType;

/** The nodes of the matrix products of one program. */
final class MatMulNodes {
  /**
   * The most rows for which X·Wᵀ is computed as (W·Xᵀ)ᵀ by kernels that reorder Wᵀ: for a weight
   * and few rows this takes several times as long as the product itself.
   */
  private static final int FEW_ROWS = 64;

  /** The fewest multiplications that are worth the conversions to and from bfloat16. */
  private static final long LARGE = 1L << 20;

  /** A side below this, as in the energy of a hidden state, is not worth them either. */
  private static final int NARROW = 32;

  private final GraphWriter writer;
  private final ProductRules rules;

  /** Factors in bfloat16: activations and weights occur in several products. */
  private final Map<String, String> rounded = new HashMap<>();

  MatMulNodes(GraphWriter writer, ProductRules rules) {
    this.writer = writer;
    this.rules = rules;
  }

  String product(MatMul op, Tensor tensor, String left, String right) {
    if (rules.precision().bfloat16() && isLarge(op, tensor)) {
      return cast(
          product(
              tensor,
              DataType.DT_BFLOAT16,
              rounded(left),
              rounded(right),
              op.transposeLeft(),
              op.transposeRight()),
          DataType.DT_BFLOAT16,
          DataType.DT_FLOAT);
    }
    DataType type = TensorFlowTypes.of(tensor.type());
    Shape shape = tensor.shape();
    int rows = shape.size(-2);
    boolean few = rows > 1 && rows <= FEW_ROWS && rows < shape.size(-1);
    boolean oneDnn = rules.kernels() == ProductKernels.ONE_DNN;
    if (few && !oneDnn && !op.transposeLeft() && op.transposeRight()) {
      return transposed(tensor, product(tensor, type, right, left, false, true));
    }
    return shape.rank() > 2 && rows == 1 && oneDnn
        ? byEigen(op, type, left, right)
        : product(tensor, type, left, right, op.transposeLeft(), op.transposeRight());
  }

  private static boolean isLarge(MatMul op, Tensor tensor) {
    Shape shape = tensor.shape();
    int inner = tensor.input(0).shape().size(op.transposeLeft() ? -2 : -1);
    return Math.min(inner, Math.min(shape.size(-2), shape.size(-1))) >= NARROW
        && (long) shape.elements() * inner >= LARGE;
  }

  private String rounded(String value) {
    return rounded.computeIfAbsent(
        value, single -> cast(single, DataType.DT_FLOAT, DataType.DT_BFLOAT16));
  }

  private String cast(String value, DataType from, DataType to) {
    return writer.node("Cast", value).attribute("SrcT", from).attribute("DstT", to).add();
  }

  /** Swaps the last two axes of a value to those of the tensor. */
  private String transposed(Tensor tensor, String value) {
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
  private String byEigen(MatMul op, DataType type, String left, String right) {
    return writer
        .node("BatchMatMulV3", left, right)
        .attribute("Ta", type)
        .attribute("Tb", type)
        .attribute("Tout", type)
        .attribute("adj_x", op.transposeLeft())
        .attribute("adj_y", op.transposeRight())
        .add();
  }

  private String product(
      Tensor tensor,
      DataType type,
      String left,
      String right,
      boolean transposeLeft,
      boolean transposeRight) {
    boolean flat = tensor.shape().rank() == 2;
    return writer
        .node(flat ? "MatMul" : "BatchMatMulV2", left, right)
        .attribute("T", type)
        .attribute(flat ? "transpose_a" : "adj_x", transposeLeft)
        .attribute(flat ? "transpose_b" : "adj_y", transposeRight)
        .add();
  }
}
