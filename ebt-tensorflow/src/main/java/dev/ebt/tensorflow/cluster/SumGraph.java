package dev.ebt.tensorflow.cluster;

import com.google.protobuf.ByteString;
import dev.ebt.backend.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** The graph of sums over the processes of a cluster: one node for each kind and type of sum. */
final class SumGraph {
  private static final List<DataType> TYPES =
      List.of(DataType.DT_FLOAT, DataType.DT_DOUBLE, DataType.DT_INT64);

  private SumGraph() {}

  /** The kinds of sums. They differ in how long they wait for the other processes. */
  enum Kind {
    /** Waits as long as processes may take to start. */
    START(1),
    /** Waits without a limit, for as long as all processes answer. */
    TRAINING(2),
    /** Shows that all processes answer: waits as long as they may not do so. */
    HEARTBEAT(3);

    /** More than every key. */
    static final int MOST = 4;

    private final int key;

    Kind(int key) {
      this.key = key;
    }

    /** Returns the number of the kind, from 1. */
    int key() {
      return key;
    }

    private float seconds(Cluster cluster) {
      return switch (this) {
        case START -> seconds(cluster.startTimeout());
        case TRAINING -> 0; // No limit.
        case HEARTBEAT -> seconds(cluster.timeout());
      };
    }

    private static float seconds(Duration time) {
      return time.toMillis() / 1e3f;
    }

    /** Returns the name of the placeholder for numbers. */
    String input(HostNumbers numbers) {
      return name("in", numbers.type());
    }

    /** Returns the name of the placeholder for the number that the processes know the sum by. */
    String instance(HostNumbers numbers) {
      return name("instance", numbers.type());
    }

    /** Returns the name of the node of the sum. */
    String output(HostNumbers numbers) {
      return name("sum", numbers.type());
    }

    private String name(String role, DataType type) {
      return (role + "_" + name() + "_" + type.name()).toLowerCase(Locale.ROOT);
    }
  }

  static GraphDef of(Cluster cluster) {
    String device = ClusterServer.device(cluster);
    GraphDef.Builder graph = GraphDef.newBuilder();
    graph.addNode(constant("size", cluster.size(), device));
    for (Kind kind : Kind.values()) {
      // Kinds are groups of their own, since they may run side by side.
      String group = "group_" + kind.key();
      graph.addNode(constant(group, kind.key(), device));
      for (DataType type : TYPES) {
        graph.addNode(placeholder(kind.name("in", type), type, device));
        graph.addNode(placeholder(kind.name("instance", type), DataType.DT_INT32, device));
        graph.addNode(
            node(kind.name("sum", type), "CollectiveReduceV2", device)
                .addInput(kind.name("in", type))
                .addInput("size")
                .addInput(group)
                .addInput(kind.name("instance", type))
                .putAttr("T", AttrValue.newBuilder().setType(type).build())
                .putAttr("merge_op", text("Add"))
                .putAttr("final_op", text("Id"))
                .putAttr(
                    "timeout_seconds", AttrValue.newBuilder().setF(kind.seconds(cluster)).build()));
      }
    }
    return graph.build();
  }

  private static NodeDef.Builder node(String name, String op, String device) {
    return NodeDef.newBuilder().setName(name).setOp(op).setDevice(device);
  }

  private static NodeDef placeholder(String name, DataType type, String device) {
    return node(name, "Placeholder", device)
        .putAttr("dtype", AttrValue.newBuilder().setType(type).build())
        .build();
  }

  private static NodeDef constant(String name, int value, String device) {
    TensorProto.Builder scalar =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_INT32)
            .setTensorShape(TensorShapeProto.getDefaultInstance())
            .addIntVal(value);
    return node(name, "Const", device)
        .putAttr("dtype", AttrValue.newBuilder().setType(DataType.DT_INT32).build())
        .putAttr("value", AttrValue.newBuilder().setTensor(scalar).build())
        .build();
  }

  private static AttrValue text(String value) {
    return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(value)).build();
  }
}
