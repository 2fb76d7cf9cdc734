package dev.ebt.tensorflow;

import dev.ebt.tensor.MatMul;
import dev.ebt.tensor.Reductions;
import dev.ebt.tensor.Tensor;
import org.tensorflow.proto.DataType;

/**
 * The nodes of operations that combine the elements along an axis. Each method returns the output
 * of its node.
 */
final class ReductionNodes {
  private ReductionNodes() {}

  static String reduce(GraphWriter writer, Reductions.Reduce op, Tensor tensor, String x) {
    String name =
        switch (op.reduction()) {
          case SUM -> "Sum";
          case MAX -> "Max";
        };
    return writer
        .node(name, x, writer.ints(op.axes()))
        .attribute("T", tensor.type())
        .attribute("Tidx", DataType.DT_INT32)
        .attribute("keep_dims", true)
        .add();
  }

  static String argMax(GraphWriter writer, Tensor tensor, String x) {
    Tensor input = tensor.input(0);
    return writer
        .node("ArgMax", x, writer.scalarInt(input.shape().rank() - 1))
        .attribute("T", input.type())
        .attribute("Tidx", DataType.DT_INT32)
        .attribute("output_type", tensor.type())
        .add();
  }

  static String matMul(GraphWriter writer, MatMul op, Tensor tensor, String a, String b) {
    boolean flat = tensor.shape().rank() == 2;
    return writer
        .node(flat ? "MatMul" : "BatchMatMulV2", a, b)
        .attribute("T", tensor.type())
        .attribute(flat ? "transpose_a" : "adj_x", op.transposeLeft())
        .attribute(flat ? "transpose_b" : "adj_y", op.transposeRight())
        .add();
  }

  /** Returns a softmax, or its logarithm, along the last axis. */
  static String softmax(GraphWriter writer, String op, Tensor tensor, String x) {
    return writer.node(op, x).attribute("T", tensor.type()).add();
  }
}
