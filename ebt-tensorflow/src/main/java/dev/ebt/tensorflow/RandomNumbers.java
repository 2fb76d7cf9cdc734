package dev.ebt.tensorflow;

import static dev.ebt.tensor.ElementType.INTEGER;
import static dev.ebt.tensor.ElementType.REAL;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Philox;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Sources;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.proto.DataType;

/**
 * Random numbers drawn by TensorFlow's stateless kernels with the key and the counter of {@link
 * Philox}, so that they are the same as on every other backend.
 */
final class RandomNumbers {
  private static final int PHILOX = 1;

  private RandomNumbers() {}

  /**
   * Adds the nodes that draw for a site.
   *
   * @param pairs seed and step, of shape [..., 2]: one draw for each pair
   */
  static String write(GraphWriter writer, Sources.Random op, String pairs, Shape shape) {
    int draws = shape.elements() / 2;
    Shape drawn = op.target().slice(shape.rank() - 1, op.target().rank());
    if (draws == 1) {
      String pair = shape.rank() == 1 ? pairs : reshaped(writer, pairs, Shape.of(2), INTEGER);
      String numbers = draw(writer, op, drawn, pair);
      return shape.rank() == 1 ? numbers : reshaped(writer, numbers, op.target(), REAL);
    }
    String all = reshaped(writer, pairs, Shape.of(draws, 2), INTEGER);
    String each =
        writer
            .node("Unpack", all)
            .attribute("T", INTEGER)
            .attribute("num", draws)
            .attribute("axis", 0)
            .add();
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < draws; i++) {
      parts.add(draw(writer, op, drawn, each + ":" + i));
    }
    String packed =
        writer
            .node("Pack", parts.toArray(String[]::new))
            .attribute("T", REAL)
            .attribute("N", draws)
            .attribute("axis", 0)
            .add();
    return reshaped(writer, packed, op.target(), REAL);
  }

  private static String reshaped(GraphWriter writer, String value, Shape shape, ElementType type) {
    return writer
        .node("Reshape", value, writer.ints(shape.toIntArray()))
        .attribute("T", type)
        .attribute("Tshape", DataType.DT_INT32)
        .add();
  }

  /** Adds the node of one draw; {@code pair} holds seed and step. */
  private static String draw(GraphWriter writer, Sources.Random op, Shape shape, String pair) {
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
            writer.ints(shape.toIntArray()),
            unsigned(writer, key),
            unsigned(writer, counter),
            writer.scalarInt(PHILOX))
        .attribute("dtype", REAL)
        .attribute("Tshape", DataType.DT_INT32)
        .add();
  }

  private static String part(GraphWriter writer, String pair, int index) {
    return writer
        .node("Slice", pair, writer.ints(index), writer.ints(1))
        .attribute("T", INTEGER)
        .attribute("Index", DataType.DT_INT32)
        .add();
  }

  private static String whole(GraphWriter writer, String op, String a, String b) {
    return writer.node(op, a, b).attribute("T", INTEGER).add();
  }

  private static String unsigned(GraphWriter writer, String whole) {
    return writer
        .node("Bitcast", whole)
        .attribute("T", DataType.DT_INT64)
        .attribute("type", DataType.DT_UINT64)
        .add();
  }
}
