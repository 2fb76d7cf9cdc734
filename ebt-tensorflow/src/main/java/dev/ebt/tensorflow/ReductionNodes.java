package dev.ebt.tensorflow;

import dev.ebt.tensor.Reductions;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.proto.DataType;

/**
 * The nodes of operations that combine the elements along an axis. Each method returns the output
 * of its node.
 */
final class ReductionNodes {
  private ReductionNodes() {}

  /**
   * Returns a reduction with axes of size 1 in place of those reduced.
   *
   * @param rank of the tensor that the axes count in; x may have other leading axes of size 1
   */
  static Value reduce(GraphWriter writer, Reductions.Reduce op, int rank, Value x) {
    int shift = x.shape().rank() - rank;
    Shape reduced = x.shape();
    List<Integer> axes = new ArrayList<>();
    for (int axis : op.axes()) {
      axes.add(axis + shift);
      reduced = reduced.with(axis + shift, 1);
    }
    String name =
        switch (op.reduction()) {
          case SUM -> "Sum";
          case MAX -> "Max";
        };
    String output =
        writer
            .node(name, x.output(), writer.ints(axes))
            .attribute("T", DataType.DT_FLOAT)
            .attribute("Tidx", DataType.DT_INT32)
            .attribute("keep_dims", true)
            .add();
    return new Value(output, reduced);
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

  /** Returns a softmax, or its logarithm, along the last axis. */
  static String softmax(GraphWriter writer, String op, Tensor tensor, String x) {
    return writer.node(op, x).attribute("T", tensor.type()).add();
  }
}
