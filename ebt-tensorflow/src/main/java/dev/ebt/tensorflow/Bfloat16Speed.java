package dev.ebt.tensorflow;

import java.util.HashMap;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;

/**
 * The measured speed of matrix products in bfloat16, conversions included. Which processors have
 * instructions for them, and which kernels use these, cannot be asked for; without them bfloat16
 * takes several times as long as single precision.
 */
final class Bfloat16Speed {
  private static final int SIDE = 512;
  private static final int ROUNDS = 7;
  private static final Map<ConfigProto, Double> MEASURED = new HashMap<>();

  private Bfloat16Speed() {}

  /** Returns the speed relative to single precision; it is measured once for equal options. */
  static synchronized double onDevice(ConfigProto options) {
    return MEASURED.computeIfAbsent(options, Bfloat16Speed::measure);
  }

  private static double measure(ConfigProto options) {
    try (Graph graph = new Graph();
        Session session = new Session(graph, options)) {
      Ops ops = Ops.create(graph);
      // Names are given, since TensorFlow would number nodes in the digits of the default locale.
      Operand<TFloat32> x =
          ops.withName("factor")
              .fill(
                  ops.withName("shape").constant(new int[] {SIDE, SIDE}),
                  ops.withName("value").constant(0.5f));
      Operand<TFloat32> single = ops.withName("single").linalg.matMul(x, x);
      Operand<TBfloat16> rounded = ops.withName("rounded").dtypes.cast(x, TBfloat16.class);
      Operand<TFloat32> half =
          ops.withName("half")
              .dtypes
              .cast(ops.withName("product").linalg.matMul(rounded, rounded), TFloat32.class);
      double singleSeconds = Double.POSITIVE_INFINITY;
      double halfSeconds = Double.POSITIVE_INFINITY;
      for (int round = 0; round <= ROUNDS; round++) { // The first one prepares kernels.
        double one = seconds(session, single);
        double other = seconds(session, half);
        if (round > 0) {
          singleSeconds = Math.min(singleSeconds, one);
          halfSeconds = Math.min(halfSeconds, other);
        }
      }
      return singleSeconds / halfSeconds;
    }
  }

  private static double seconds(Session session, Operand<?> product) {
    long start = System.nanoTime();
    try (Result done = session.runner().addTarget(product).run()) {
      return (System.nanoTime() - start) / 1e9;
    }
  }
}
