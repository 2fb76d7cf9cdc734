package dev.ebt.tensorflow;

import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Pointwise;
import dev.ebt.tensor.Tensor;
import java.util.List;

/** The nodes of operations on each element. Each method returns the output of its node. */
final class PointwiseNodes {
  private PointwiseNodes() {}

  static String unary(GraphWriter writer, Pointwise.Unary op, Tensor tensor, String x) {
    String name =
        switch (op.function()) {
          case NEGATE -> "Neg";
          case EXP -> "Exp";
          case LOG -> "Log";
          case SQUARE -> "Square";
          case SQUARE_ROOT -> "Sqrt";
          case RECIPROCAL_ROOT -> "Rsqrt";
          case TANH -> "Tanh";
          case SIGMOID -> "Sigmoid";
          case ERF -> "Erf";
          case SINE -> "Sin";
          case COSINE -> "Cos";
          case ABSOLUTE -> "Abs";
          case SIGN -> "Sign";
        };
    return typed(writer, name, tensor, x);
  }

  static String binary(GraphWriter writer, Pointwise.Binary op, Tensor tensor, String a, String b) {
    boolean real = tensor.type() == ElementType.REAL;
    String name =
        switch (op.function()) {
          case ADD -> "AddV2";
          case SUBTRACT -> "Sub";
          case MULTIPLY -> "Mul";
          case DIVIDE -> real ? "RealDiv" : "TruncateDiv";
          case MAXIMUM -> "Maximum";
          case MINIMUM -> "Minimum";
        };
    return typed(writer, name, tensor, a, b);
  }

  /** Adds two operands, the smaller of which is broadcast. */
  static String sum(GraphWriter writer, Tensor tensor, String a, String b) {
    return typed(writer, "AddV2", tensor, a, b);
  }

  /** Adds operands of one shape. */
  static String sum(GraphWriter writer, Tensor tensor, List<String> operands) {
    return writer
        .node("AddN", operands.toArray(String[]::new))
        .attribute("N", operands.size())
        .attribute("T", tensor.type())
        .add();
  }

  static String compare(
      GraphWriter writer, Pointwise.Compare op, Tensor tensor, String a, String b) {
    ElementType type = tensor.input(0).type();
    return switch (op.comparison()) {
      case EQUAL ->
          writer
              .node("Equal", a, b)
              .attribute("T", type)
              .attribute("incompatible_shape_error", true)
              .add();
      case LESS -> writer.node("Less", a, b).attribute("T", type).add();
      case GREATER_OR_EQUAL -> writer.node("GreaterEqual", a, b).attribute("T", type).add();
    };
  }

  static String select(GraphWriter writer, Tensor tensor, String condition, String a, String b) {
    return typed(writer, "SelectV2", tensor, condition, a, b);
  }

  static String cast(GraphWriter writer, Tensor tensor, String x) {
    return writer
        .node("Cast", x)
        .attribute("SrcT", tensor.input(0).type())
        .attribute("DstT", tensor.type())
        .attribute("Truncate", false)
        .add();
  }

  private static String typed(GraphWriter writer, String op, Tensor tensor, String... inputs) {
    return writer.node(op, inputs).attribute("T", tensor.type()).add();
  }
}
