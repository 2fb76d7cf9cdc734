package dev.ebt.tensorflow;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Philox;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Sources;
import org.tensorflow.proto.DataType;

/**
 * Random numbers drawn by TensorFlow's stateless kernels with the key and the counter of {@link
 * Philox}, so that they are the same as on every other backend.
 */
final class RandomNumbers {
  private static final int PHILOX = 1;

  private RandomNumbers() {}

  /** Adds the node that draws for a site; {@code pair} holds seed and step. */
  static String write(GraphWriter writer, Sources.Random op, String pair) {
    String site = writer.constant(Array.of(Shape.of(1), Philox.key(0, op.site())));
    String key = whole(writer, "AddV2", part(writer, pair, 0), site);
    // The low half counts the blocks of one draw, the high half is the step.
    String mask = writer.constant(Array.of(Shape.of(2), 0L, 1L));
    String counter = whole(writer, "Mul", part(writer, pair, 1), mask);
    String name =
        switch (op.distribution()) {
          case NORMAL -> "StatelessRandomNormalV2";
          case UNIFORM -> "StatelessRandomUniformV2";
        };
    return writer
        .node(
            name,
            writer.ints(op.target().toIntArray()),
            unsigned(writer, key),
            unsigned(writer, counter),
            writer.scalarInt(PHILOX))
        .attribute("dtype", ElementType.REAL)
        .attribute("Tshape", DataType.DT_INT32)
        .add();
  }

  private static String part(GraphWriter writer, String pair, int index) {
    return writer
        .node("Slice", pair, writer.ints(index), writer.ints(1))
        .attribute("T", ElementType.INTEGER)
        .attribute("Index", DataType.DT_INT32)
        .add();
  }

  private static String whole(GraphWriter writer, String op, String a, String b) {
    return writer.node(op, a, b).attribute("T", ElementType.INTEGER).add();
  }

  private static String unsigned(GraphWriter writer, String whole) {
    return writer
        .node("Bitcast", whole)
        .attribute("T", DataType.DT_INT64)
        .attribute("type", DataType.DT_UINT64)
        .add();
  }
}
