package dev.ebt.tensorflow;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;

/**
 * The kernels by which TensorFlow computes matrix products, which differ in what they are slow at.
 */
enum ProductKernels {
  /** Eigen on the CPU: it reorders a transposed right matrix element by element. */
  EIGEN,
  /**
   * oneDNN on the CPU, which TensorFlow uses on processors with instructions for neural networks:
   * it reorders both sides of a batch of products, even those with a single row.
   */
  ONE_DNN,
  /** Those of a GPU or of XLA, which choose for themselves. */
  OTHER;

  private static @Nullable ProductKernels found;

  /**
   * Returns the kernels that TensorFlow uses on the CPU, the same in all sessions of a process.
   *
   * @param options of the session that finds them out
   */
  static synchronized ProductKernels onCpu(ConfigProto options) {
    ProductKernels kernels = found;
    if (kernels == null) {
      kernels = find(options);
      found = kernels;
    }
    return kernels;
  }

  private static ProductKernels find(ConfigProto options) {
    RunOptions showing = RunOptions.newBuilder().setOutputPartitionGraphs(true).build();
    try (Graph graph = new Graph();
        Session session = new Session(graph, options);
        TFloat32 one = TFloat32.tensorOf(Shape.of(1, 1))) {
      Ops ops = Ops.create(graph);
      Placeholder<TFloat32> x = ops.placeholder(TFloat32.class, Placeholder.shape(one.shape()));
      Session.Runner runner = session.runner().setOptions(showing).feed(x, one);
      try (Result result = runner.fetch(ops.linalg.matMul(x, x)).runAndFetchMetadata()) {
        List<GraphDef> graphs = result.getMetadata().orElseThrow().getPartitionGraphsList();
        return graphs.stream()
                .flatMap(part -> part.getNodeList().stream())
                .anyMatch(node -> node.getOp().startsWith("_Mkl"))
            ? ONE_DNN
            : EIGEN;
      }
    }
  }
}
