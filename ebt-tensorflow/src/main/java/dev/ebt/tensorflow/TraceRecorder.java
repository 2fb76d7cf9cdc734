package dev.ebt.tensorflow;

import dev.ebt.backend.ExecutionTrace;
import dev.ebt.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;

/** A recorder of the nodes that TensorFlow executes in the runs of a session. */
final class TraceRecorder {
  /**
   * A node as TensorFlow labels it, {@code name = Type(inputs)}. The type is that which is executed
   * after TensorFlow's rewriting: {@code _MklMatMul} for a node that was added as {@code MatMul}.
   */
  private static final Pattern LABEL = Pattern.compile(".*? = (\\w+)\\(.*", Pattern.DOTALL);

  private final List<ExecutionTrace.Event> events = new ArrayList<>();

  /** Returns the options of a run that is recorded. */
  static RunOptions recording(RunOptions options) {
    return options.toBuilder().setTraceLevel(RunOptions.TraceLevel.FULL_TRACE).build();
  }

  /** Runs, and records what was executed. */
  Result run(Session.Runner runner) {
    Result result = runner.runAndFetchMetadata();
    result.getMetadata().ifPresent(this::add);
    return result;
  }

  private void add(RunMetadata metadata) {
    for (DeviceStepStats device : metadata.getStepStats().getDevStatsList()) {
      device.getNodeStatsList().forEach(node -> events.add(event(device.getDevice(), node)));
    }
  }

  private static ExecutionTrace.Event event(String device, NodeExecStats node) {
    Matcher label = LABEL.matcher(node.getTimelineLabel());
    long start = node.getAllStartNanos() + node.getOpStartRelNanos();
    long duration = node.getOpEndRelNanos() - node.getOpStartRelNanos();
    return new ExecutionTrace.Event(
        PartNames.program(node.getNodeName()),
        node.getNodeName(),
        label.matches() ? label.group(1) : node.getNodeName(),
        shape(node),
        device,
        start,
        Math.max(0, duration));
  }

  /** Returns the shape of the first result. */
  private static Optional<Shape> shape(NodeExecStats node) {
    return node.getOutputList().stream()
        .map(output -> output.getTensorDescription().getShape())
        .findFirst()
        .map(
            shape ->
                Shape.of(
                    shape.getDimList().stream()
                        .mapToInt(size -> Math.toIntExact(size.getSize()))
                        .toArray()));
  }

  /** Returns everything that was recorded. */
  ExecutionTrace trace() {
    return new ExecutionTrace(events);
  }
}
