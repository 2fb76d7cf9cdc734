package dev.ebt.tensorflow;

import com.google.protobuf.CodedOutputStream;
import dev.ebt.backend.ThreadGuard;
import dev.ebt.store.Sha256;
import dev.ebt.tensor.Array;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;

/**
 * The one graph and the one session of a backend: variables live in a session, so programs that
 * share variables share it.
 */
final class GraphSession implements AutoCloseable {
  private final ThreadGuard guard = new ThreadGuard(TensorFlowBackend.class);
  private final Graph graph = new Graph();
  private final Session session;
  private final Map<String, Part> parts = new HashMap<>();
  private boolean closed;

  GraphSession(ConfigProto options) {
    session = new Session(graph, options);
  }

  /** Something in the graph that can be run, with its feeds and fetches looked up beforehand. */
  final class Call {
    private final List<Output<?>> feeds;
    private final List<Output<?>> fetches;
    private final List<Operation> targets;

    private Call(List<Output<?>> feeds, List<Output<?>> fetches, List<Operation> targets) {
      this.feeds = feeds;
      this.fetches = fetches;
      this.targets = targets;
    }

    /**
     * Runs it with a value for each feed. All native memory of the run is freed before it returns.
     */
    List<Array> run(List<Array> values) {
      requireOpen();
      List<Tensor> fed = new ArrayList<>(values.size());
      try {
        Session.Runner runner = session.runner();
        targets.forEach(runner::addTarget);
        for (int i = 0; i < feeds.size(); i++) {
          fed.add(HostTensors.of(values.get(i)));
          runner.feed(feeds.get(i), fed.get(i));
        }
        fetches.forEach(runner::fetch);
        try (Result result = runner.run()) {
          List<Array> arrays = new ArrayList<>(fetches.size());
          for (int i = 0; i < fetches.size(); i++) {
            arrays.add(HostTensors.array(result.get(i)));
          }
          return arrays;
        }
      } finally {
        fed.forEach(Tensor::close);
      }
    }
  }

  /**
   * Adds nodes to the graph, under names of their own. The same nodes once more are those that are
   * there already: nothing can be taken out of a graph, so what comes and goes, such as thinkers,
   * would make it grow for ever.
   */
  Part add(String name, GraphDef nodes) {
    requireOpen();
    return parts.computeIfAbsent(digest(nodes), absent -> added(name, nodes));
  }

  private Part added(String name, GraphDef nodes) {
    String prefix = "p" + parts.size() + "_" + name.replaceAll("[^A-Za-z0-9_]", "_");
    graph.importGraphDef(nodes, prefix);
    return new Part(prefix + "/", nodes.getNodeCount());
  }

  /** Equal for equal nodes, and small, which the nodes themselves are not. */
  private static String digest(GraphDef nodes) {
    byte[] bytes = new byte[nodes.getSerializedSize()];
    CodedOutputStream stream = CodedOutputStream.newInstance(bytes);
    stream.useDeterministicSerialization();
    try {
      nodes.writeTo(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Sha256.of(bytes);
  }

  /** Nodes that were added together. */
  final class Part {
    private final String prefix;
    private final int size;

    private Part(String prefix, int size) {
      this.prefix = prefix;
      this.size = size;
    }

    /** How many nodes there are. */
    int size() {
      return size;
    }

    /**
     * Something to run.
     *
     * @param feeds the placeholders that a run has to be given, in order
     * @param fetches the nodes that a run returns, in order
     * @param targets nodes that a run executes besides
     */
    Call call(List<String> feeds, List<String> fetches, List<String> targets) {
      return new Call(
          outputs(feeds),
          outputs(fetches),
          targets.stream().<Operation>map(name -> graph.operationOrThrow(prefix + name)).toList());
    }

    private List<Output<?>> outputs(List<String> names) {
      return names.stream()
          .<Output<?>>map(name -> graph.operationOrThrow(prefix + name).output(0))
          .toList();
    }
  }

  boolean isOpen() {
    return !closed;
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("TensorFlow backend: closed");
    }
  }

  /** Begins a call of the backend, which only one thread at a time makes. */
  ThreadGuard.Use enter() {
    return guard.enter();
  }

  /** Native memory is not freed under a thread that is using it: that would end the process. */
  @Override
  public void close() {
    try (ThreadGuard.Use use = enter()) {
      if (!closed) {
        closed = true;
        session.close();
        graph.close();
      }
    }
  }
}
