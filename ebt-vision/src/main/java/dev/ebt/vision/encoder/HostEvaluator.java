package dev.ebt.vision.encoder;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.error.Required;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Evaluation of functions of tensors on the host, before there is a run with a backend. */
public final class HostEvaluator {
  private HostEvaluator() {}

  /**
   * Returns the values of a function.
   *
   * @param way a function of [frames, values]
   * @param frames one or more, [values] each
   */
  public static Array run(UnaryOperator<Tensor> way, List<float[]> frames) {
    int values = frames.get(0).length;
    float[] all = new float[frames.size() * values];
    for (int i = 0; i < frames.size(); i++) {
      System.arraycopy(frames.get(i), 0, all, i * values, values);
    }
    return value(way.apply(Tensor.constant(Array.of(Shape.of(frames.size(), values), all))));
  }

  /** Returns the value of a tensor that depends on constants only. */
  public static Array value(Tensor tensor) {
    try (ReferenceBackend backend = new ReferenceBackend()) {
      Program program = Program.named("frames").output("result", tensor).build();
      return Required.of(backend.compile(program).run(Map.of()), "result");
    }
  }
}
