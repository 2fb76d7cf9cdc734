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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.RunOptions;

/**
 * The single graph and session of a backend: variables live in a session, so programs that share
 * variables share the session.
 */
final class GraphSession implements AutoCloseable {
  private final ThreadGuard guard = new ThreadGuard(TensorFlowBackend.class);
  private final Graph graph = new Graph();
  private final Session session;
  private final Map<String, Part> parts = new HashMap<>();
  private final boolean xla;
  private @Nullable TraceRecorder recorder;
  private final ProductRules products;
  private boolean closed;

  /**
   * Opens a session.
   *
   * @param xla whether XLA compiles small programs
   * @param products how matrix products are computed
   */
  GraphSession(ConfigProto options, boolean xla, ProductRules products) {
    this.xla = xla;
    this.products = products;
    session = new Session(graph, options);
  }

  /** Returns whether XLA compiles small programs. */
  boolean usesXla() {
    return xla;
  }

  /** Returns how matrix products are computed. */
  ProductRules products() {
    return products;
  }

  /** A runnable part of the graph, with its feeds and fetches looked up in advance. */
  final class Call {
    private final List<Output<?>> feeds;
    private final List<Output<?>> fetches;
    private final List<Operation> targets;
    private final RunOptions options;

    private Call(
        List<Output<?>> feeds,
        List<Output<?>> fetches,
        List<Operation> targets,
        RunOptions options) {
      this.feeds = feeds;
      this.fetches = fetches;
      this.targets = targets;
      this.options = options;
    }

    /**
     * Returns the same call with its operations started by the calling thread, one after the other,
     * instead of by a pool: for operations that take less time than waking another thread.
     */
    Call onCallingThread() {
      return new Call(
          feeds, fetches, targets, RunOptions.newBuilder().setInterOpThreadPool(-1).build());
    }

    /**
     * Runs the call with a value for each feed: arrays, then texts. Frees all native memory of the
     * run before returning.
     */
    List<Array> run(List<Array> values, byte[]... texts) {
      return run(values, List.of(texts), HostTensors::array);
    }

    /** Runs the call, which needs no feeds, and returns its only fetch, a text. */
    byte[] text() {
      return run(List.of(), List.of(), HostTensors::text).get(0);
    }

    private <T> List<T> run(List<Array> values, List<byte[]> texts, Function<Tensor, T> toHost) {
      requireOpen();
      List<Tensor> fed = new ArrayList<>(feeds.size());
      try {
        TraceRecorder recording = recorder;
        Session.Runner runner =
            session
                .runner()
                .setOptions(recording == null ? options : TraceRecorder.recording(options));
        targets.forEach(runner::addTarget);
        values.forEach(value -> fed.add(HostTensors.of(value)));
        texts.forEach(text -> fed.add(HostTensors.of(text)));
        for (int i = 0; i < feeds.size(); i++) {
          runner.feed(feeds.get(i), fed.get(i));
        }
        fetches.forEach(runner::fetch);
        try (Result result = recording == null ? runner.run() : recording.run(runner)) {
          List<T> fetched = new ArrayList<>(fetches.size());
          for (int i = 0; i < fetches.size(); i++) {
            fetched.add(toHost.apply(result.get(i)));
          }
          return fetched;
        }
      } finally {
        fed.forEach(Tensor::close);
      }
    }
  }

  /**
   * Adds nodes to the graph under a unique prefix. If equal nodes exist already, returns those:
   * nothing can be removed from a graph, so temporary objects such as thinkers would make it grow
   * without bound.
   */
  Part add(String name, GraphDef nodes) {
    requireOpen();
    return parts.computeIfAbsent(digest(nodes), absent -> added(name, nodes));
  }

  private Part added(String name, GraphDef nodes) {
    String prefix = PartNames.of(parts.size(), name);
    graph.importGraphDef(nodes, prefix);
    return new Part(prefix + "/", nodes.getNodeCount());
  }

  /** Returns a hash of the nodes, a small map key that is equal for equal nodes. */
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

    /** Returns the number of nodes. */
    int size() {
      return size;
    }

    /**
     * Returns a call of these nodes.
     *
     * @param feeds the placeholders that a run needs values for, in order
     * @param fetches the nodes that a run returns, in order
     * @param targets additional nodes that a run executes
     */
    Call call(List<String> feeds, List<String> fetches, List<String> targets) {
      return new Call(
          outputs(feeds),
          outputs(fetches),
          targets.stream().<Operation>map(name -> graph.operationOrThrow(prefix + name)).toList(),
          RunOptions.getDefaultInstance());
    }

    private List<Output<?>> outputs(List<String> names) {
      return names.stream()
          .<Output<?>>map(name -> graph.operationOrThrow(prefix + name).output(0))
          .toList();
    }
  }

  /**
   * Records all runs from now on; null ends that.
   *
   * @throws IllegalStateException if they are recorded already
   */
  void record(@Nullable TraceRecorder next) {
    if (next != null && recorder != null) {
      throw new IllegalStateException("TensorFlow backend: a trace within a trace");
    }
    recorder = next;
  }

  boolean isOpen() {
    return !closed;
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("TensorFlow backend: closed");
    }
  }

  /** Enters the backend, which only one thread may use at a time. */
  ThreadGuard.Use enter() {
    return guard.enter();
  }

  /**
   * Closes session and graph, but never while another thread uses them: freeing their native memory
   * would then crash the process.
   */
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
