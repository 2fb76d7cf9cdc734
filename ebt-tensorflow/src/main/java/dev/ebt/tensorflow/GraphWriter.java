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
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * A writer of graph nodes as protocol buffers, which are passed to TensorFlow in one piece: a
 * native call per node would cost more than compilation does.
 */
final class GraphWriter {
  /** Operations that other nodes may share, wherever they are. */
  private static final Set<String> WITHOUT_DELAY = Set.of("Const", "VarHandleOp");

  private final GraphDef.Builder graph = GraphDef.newBuilder();
  private final boolean xla;
  private final Map<AttrValue, String> constants = new HashMap<>();
  private final Map<Variable, String> handles = new HashMap<>();
  private @Nullable String awaited;

  /** Creates a writer without nodes. */
  GraphWriter() {
    this(false);
  }

  /**
   * Creates a writer without nodes.
   *
   * @param xla whether the nodes are compiled together by XLA
   */
  GraphWriter(boolean xla) {
    this.xla = xla;
  }

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

    /** Adds the node to the graph and returns its name, which is also that of its first output. */
    String add() {
      if (xla && !node.getOp().startsWith("StatelessRandom")) { // XLA draws other numbers.
        attribute("_XlaCompile", true);
      }
      if (awaited != null && !WITHOUT_DELAY.contains(node.getOp())) {
        node.addInput(control(awaited));
      }
      graph.addNode(node);
      return node.getName();
    }
  }

  /** Creates a node named after its operation. */
  Node node(String op, String... inputs) {
    return named(op + "_" + graph.getNodeCount(), op, inputs);
  }

  Node named(String name, String op, String... inputs) {
    return new Node(op, name, List.of(inputs));
  }

  /** Adds a node that runs once others have run: it has control inputs only. */
  String barrier(String name, List<String> after) {
    return new Node("NoOp", name, after.stream().map(GraphWriter::control).toList()).add();
  }

  /** Adds a node with control inputs only, named by its number. */
  String barrier(List<String> after) {
    return barrier("barrier_" + graph.getNodeCount(), after);
  }

  /**
   * Adds nodes that run once another one has run.
   *
   * @param awaited the node to wait for; null for none
   * @return the added nodes, constants excepted
   */
  List<String> after(@Nullable String awaited, Runnable adding) {
    int first = graph.getNodeCount();
    this.awaited = awaited;
    adding.run();
    this.awaited = null;
    return graph.getNodeList().subList(first, graph.getNodeCount()).stream()
        .filter(node -> !WITHOUT_DELAY.contains(node.getOp()))
        .map(NodeDef::getName)
        .toList();
  }

  /** Returns the input that makes a node wait for the one of an output. */
  static String control(String output) {
    return "^" + output.replaceFirst(":\\d+$", "");
  }

  /**
   * Adds a placeholder for the handles of these variables, in this order, as {@link
   * ResourceHandles} writes them.
   */
  String feedHandles(List<Variable> variables) {
    String placeholder =
        node("Placeholder")
            .attribute("dtype", DataType.DT_STRING)
            .attribute("shape", Shape.scalar())
            .add();
    String fed = node("ParseTensor", placeholder).attribute("out_type", DataType.DT_RESOURCE).add();
    String each =
        node("Unpack", fed)
            .attribute("T", DataType.DT_RESOURCE)
            .attribute("num", variables.size())
            .attribute("axis", 0)
            .add();
    for (int i = 0; i < variables.size(); i++) {
      handles.put(variables.get(i), each + ":" + i);
    }
    return placeholder;
  }

  /**
   * Returns the handle of a variable; handles of equal names, in any program, are the same
   * variable. A program has one for each variable, since a cluster of XLA takes no variable twice.
   */
  String handle(Variable variable) {
    return handles.computeIfAbsent(
        variable,
        absent ->
            node("VarHandleOp")
                .attribute("dtype", variable.type())
                .attribute("shape", variable.shape())
                .attribute("container", "")
                .attribute("shared_name", variable.name())
                .add());
  }

  /** Assigns a value to the variable of a handle, after the control inputs have run. */
  String assign(String handle, String value, ElementType type, String... after) {
    List<String> inputs = new ArrayList<>(List.of(handle, value));
    inputs.addAll(List.of(after));
    return node("AssignVariableOp", inputs.toArray(String[]::new))
        .attribute("dtype", type)
        .attribute("validate_shape", false)
        .add();
  }

  /** Frees the variable of a handle. */
  String destroy(String handle) {
    return node("DestroyResourceOp", handle).attribute("ignore_lookup_error", true).add();
  }

  String placeholder(String name, ElementType type, Shape shape) {
    return named(name, "Placeholder").attribute("dtype", type).attribute("shape", shape).add();
  }

  String constant(Array value) {
    return constant(TensorFlowTypes.of(value.type()), value.shape(), bytes(value));
  }

  /** Returns a vector of 32-bit integers, such as a shape or axes. */
  String ints(int... values) {
    return ints(Shape.of(values.length), values);
  }

  /** Returns 32-bit integers of any shape. */
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
