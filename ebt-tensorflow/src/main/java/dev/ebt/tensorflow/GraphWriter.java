package dev.ebt.tensorflow;

import com.google.protobuf.ByteString;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Variable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Writes the nodes of one graph as protocol buffers, which cross into TensorFlow in one piece: a
 * native call per node would cost more than compiling does.
 */
final class GraphWriter {
  private final GraphDef.Builder graph = GraphDef.newBuilder();
  private final Map<AttrValue, String> constants = new HashMap<>();

  /** A node under construction. */
  final class Node {
    private final NodeDef.Builder node;

    private Node(String op, String name, List<String> inputs) {
      node = NodeDef.newBuilder().setOp(op).setName(name).addAllInput(inputs);
    }

    Node attribute(String name, DataType type) {
      return attribute(name, AttrValue.newBuilder().setType(type).build());
    }

    Node attribute(String name, ElementType type) {
      return attribute(name, TensorFlowTypes.of(type));
    }

    Node attribute(String name, boolean value) {
      return attribute(name, AttrValue.newBuilder().setB(value).build());
    }

    Node attribute(String name, long value) {
      return attribute(name, AttrValue.newBuilder().setI(value).build());
    }

    Node attribute(String name, Shape shape) {
      return attribute(name, AttrValue.newBuilder().setShape(proto(shape)).build());
    }

    Node attribute(String name, String text) {
      return attribute(name, AttrValue.newBuilder().setS(ByteString.copyFromUtf8(text)).build());
    }

    private Node attribute(String name, AttrValue value) {
      node.putAttr(name, value);
      return this;
    }

    /** Adds the node to the graph; its name is also the name of its first output. */
    String add() {
      graph.addNode(node);
      return node.getName();
    }
  }

  /** A node named after its operation. */
  Node node(String op, String... inputs) {
    return named(op + "_" + graph.getNodeCount(), op, inputs);
  }

  Node named(String name, String op, String... inputs) {
    return new Node(op, name, List.of(inputs));
  }

  /** Something that happens after others, and only then: a node with control inputs alone. */
  String barrier(String name, List<String> after) {
    return new Node("NoOp", name, after.stream().map(GraphWriter::control).toList()).add();
  }

  static String control(String node) {
    return "^" + node;
  }

  /**
   * The handle of a variable; every handle of one name, in whatever program, is the same variable.
   */
  String handle(Variable variable) {
    return node("VarHandleOp")
        .attribute("dtype", variable.type())
        .attribute("shape", variable.shape())
        .attribute("container", "")
        .attribute("shared_name", variable.name())
        .add();
  }

  /** Gives the variable of a handle a value, after the control inputs. */
  String assign(String handle, String value, ElementType type, String... after) {
    List<String> inputs = new ArrayList<>(List.of(handle, value));
    inputs.addAll(List.of(after));
    return node("AssignVariableOp", inputs.toArray(String[]::new))
        .attribute("dtype", type)
        .attribute("validate_shape", false)
        .add();
  }

  String placeholder(String name, ElementType type, Shape shape) {
    return named(name, "Placeholder").attribute("dtype", type).attribute("shape", shape).add();
  }

  String constant(Array value) {
    return constant(TensorFlowTypes.of(value.type()), value.shape(), bytes(value));
  }

  /** A vector of 32-bit whole numbers: shapes, axes and the like. */
  String ints(int... values) {
    return ints(Shape.of(values.length), values);
  }

  /** 32-bit whole numbers of any shape. */
  String ints(Shape shape, int... values) {
    ByteBuffer bytes = buffer(4L * values.length);
    bytes.asIntBuffer().put(values);
    return constant(DataType.DT_INT32, shape, bytes);
  }

  String ints(List<Integer> values) {
    return ints(values.stream().mapToInt(Integer::intValue).toArray());
  }

  String scalarInt(int value) {
    return ints(Shape.scalar(), value);
  }

  private String constant(DataType type, Shape shape, ByteBuffer bytes) {
    TensorProto proto =
        TensorProto.newBuilder()
            .setDtype(type)
            .setTensorShape(proto(shape))
            .setTensorContent(ByteString.copyFrom(bytes))
            .build();
    return constants.computeIfAbsent(
        AttrValue.newBuilder().setTensor(proto).build(),
        value -> node("Const").attribute("dtype", type).attribute("value", value).add());
  }

  GraphDef finish() {
    return graph.build();
  }

  private static ByteBuffer bytes(Array value) {
    if (value.type() == ElementType.INTEGER) {
      ByteBuffer bytes = buffer(8L * value.shape().elements());
      bytes.asLongBuffer().put(value.longs());
      return bytes;
    }
    ByteBuffer bytes = buffer(4L * value.shape().elements());
    bytes.asFloatBuffer().put(value.floats());
    return bytes;
  }

  private static ByteBuffer buffer(long size) {
    return ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.nativeOrder());
  }

  private static TensorShapeProto proto(Shape shape) {
    TensorShapeProto.Builder builder = TensorShapeProto.newBuilder();
    for (long size : shape.toLongArray()) {
      builder.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return builder.build();
  }
}
