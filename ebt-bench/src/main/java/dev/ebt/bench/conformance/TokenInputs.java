package dev.ebt.bench.conformance;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.HashMap;
import java.util.Map;

/** The program inputs for the tokens of a text case. */
final class TokenInputs {
  private TokenInputs() {}

  /**
   * Returns all tokens but the last as context and all but the first as targets; target 0 is
   * padding and has no weight.
   */
  static Map<String, Array> of(ReferenceCase reference) {
    Array given = reference.tensor("input_ids");
    int rows = given.shape().size(0);
    int length = given.shape().size(1) - 1;
    long[] ids = given.longs();
    long[] tokens = new long[rows * length];
    long[] target = new long[rows * length];
    float[] weight = new float[rows * length];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < length; i++) {
        tokens[row * length + i] = ids[row * (length + 1) + i];
        target[row * length + i] = ids[row * (length + 1) + i + 1];
        weight[row * length + i] = target[row * length + i] == 0 ? 0 : 1;
      }
    }
    Shape shape = Shape.of(rows, length);
    Map<String, Array> inputs = new HashMap<>();
    inputs.put("tokens", Array.of(shape, tokens));
    inputs.put("target", Array.of(shape, target));
    inputs.put("weight", Array.of(shape, weight));
    inputs.put("key", Array.of(Shape.of(2), 0L, 0L));
    return inputs;
  }
}
