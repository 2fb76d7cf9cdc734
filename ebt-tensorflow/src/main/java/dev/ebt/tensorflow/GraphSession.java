package dev.ebt.tensorflow;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Program;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.proto.ConfigProto;

/**
 * The one graph and the one session of a backend: variables live in a session, so programs that
 * share variables share it.
 */
final class GraphSession implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Session session;
  private int added;
  private boolean closed;

  GraphSession(ConfigProto options) {
    session = new Session(graph, options);
  }

  /** Something in the graph that can be run, with its feeds and fetches looked up beforehand. */
  final class Call {
    private final List<Output<?>> feeds;
    private final List<Output<?>> fetches;
    private final Operation target;
    private final int nodes;

    private Call(List<Output<?>> feeds, List<Output<?>> fetches, Operation target, int nodes) {
      this.feeds = feeds;
      this.fetches = fetches;
      this.target = target;
      this.nodes = nodes;
    }

    /** How many nodes it is made of. */
    int nodes() {
      return nodes;
    }

    /**
     * Runs it. All native memory of the run is freed before this returns.
     *
     * @param results what is fetched, for shapes and types
     */
    List<Array> run(List<Array> values, List<dev.ebt.tensor.Tensor> results) {
      requireOpen();
      List<Tensor> fed = new ArrayList<>(values.size());
      try {
        Session.Runner runner = session.runner().addTarget(target);
        for (int i = 0; i < feeds.size(); i++) {
          fed.add(HostTensors.of(values.get(i)));
          runner.feed(feeds.get(i), fed.get(i));
        }
        fetches.forEach(runner::fetch);
        try (Result result = runner.run()) {
          List<Array> arrays = new ArrayList<>(fetches.size());
          for (int i = 0; i < fetches.size(); i++) {
            dev.ebt.tensor.Tensor like = results.get(i);
            arrays.add(HostTensors.array(result.get(i), like.shape(), like.type()));
          }
          return arrays;
        }
      } finally {
        fed.forEach(Tensor::close);
      }
    }
  }

  /** Adds a program's nodes to the graph, under names of their own. */
  Call add(Program program) {
    requireOpen();
    ProgramGraph nodes = ProgramGraph.of(program);
    String prefix = "p" + added++ + "_" + program.name().replaceAll("[^A-Za-z0-9_]", "_");
    graph.importGraphDef(nodes.definition(), prefix);
    return new Call(
        outputs(prefix, nodes.inputs().values()),
        outputs(prefix, nodes.outputs().values()),
        graph.operationOrThrow(prefix + "/" + nodes.done()),
        nodes.size());
  }

  private List<Output<?>> outputs(String prefix, Collection<String> names) {
    List<Output<?>> outputs = new ArrayList<>();
    names.forEach(name -> outputs.add(graph.operationOrThrow(prefix + "/" + name).output(0)));
    return outputs;
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("TensorFlow backend: closed");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      session.close();
      graph.close();
    }
  }
}
