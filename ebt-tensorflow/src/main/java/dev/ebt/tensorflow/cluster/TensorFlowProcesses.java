package dev.ebt.tensorflow.cluster;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Cluster;
import dev.ebt.backend.LostProcessException;
import dev.ebt.backend.ProcessGroup;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Variable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Processes whose sums are computed by TensorFlow's ring over gRPC, on their CPUs. Variables take
 * the way over the host, in pieces of a few MiB; they are in a session of their own, so that the
 * failure of another process leaves them as they are.
 */
public final class TensorFlowProcesses implements ProcessGroup {
  /**
   * The variable of the environment by which TensorFlow, where it is true, shares the port of its
   * server with other sockets of the same user.
   */
  public static final String SHARES_PORT = "TF_GRPC_REUSE_PORT";

  /** The number of elements from which on no further variables are summed together: 16 MiB. */
  private static final int TOGETHER = 1 << 22;

  private static final Duration BEAT = Duration.ofSeconds(1);

  /** How long to wait for the end of sums with a lost process: mostly 20 ms. */
  private static final Duration CLOSING = Duration.ofSeconds(10);

  /** For so long what native code writes to standard error is left out. */
  private static final Duration REPORTING = Duration.ofSeconds(1);

  private final Cluster cluster;
  private Backend backend;
  private final CollectiveSession session;
  private final Consumer<Runnable> silently;
  private final Heartbeat heartbeat;
  private final PeerConnections peers;
  private final ExecutorService calls =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread made = new Thread(work, "ebt-collectives");
            made.setDaemon(true);
            return made;
          });
  private final Map<List<Variable>, VariableRow> rows = new HashMap<>();
  private boolean lost;

  private TensorFlowProcesses(
      Cluster cluster, Backend backend, CollectiveSession session, Consumer<Runnable> silently) {
    this.cluster = cluster;
    this.backend = backend;
    this.session = session;
    this.silently = silently;
    this.heartbeat = new Heartbeat(session, cluster, BEAT);
    this.peers = PeerConnections.open(cluster);
  }

  /**
   * Starts the server of this process and waits for the others.
   *
   * @param backend whose variables are summed
   * @param silently does work without a line that TensorFlow writes to standard error
   * @throws dev.ebt.error.UserException if the port is in use, or a process does not answer
   */
  public static TensorFlowProcesses join(
      Cluster cluster, Backend backend, Consumer<Runnable> silently) {
    ClusterServer server = new ClusterServer(cluster);
    silently.accept(server::start);
    new Addresses(cluster, cluster.startTimeout()).await();
    CollectiveSession session = new CollectiveSession(cluster, server);
    TensorFlowProcesses joined = new TensorFlowProcesses(cluster, backend, session, silently);
    try {
      joined.sum(SumGraph.Kind.START, new HostNumbers.Longs(new long[] {1}));
    } catch (RuntimeException | Error e) {
      joined.close();
      throw e;
    }
    joined.heartbeat.start();
    return joined;
  }

  @Override
  public void use(Backend other) {
    rows.clear(); // Its backend closes or has closed what it compiled.
    backend = other;
  }

  @Override
  public int size() {
    return cluster.size();
  }

  @Override
  public int rank() {
    return cluster.rank();
  }

  @Override
  public Array sum(Array values) {
    if (values.type() == ElementType.INTEGER) {
      long[] sums = values.longs().clone();
      sum(SumGraph.Kind.TRAINING, new HostNumbers.Longs(sums));
      return Array.of(values.shape(), sums);
    }
    double[] sums = values.doubles().clone();
    sum(SumGraph.Kind.TRAINING, new HostNumbers.Doubles(sums));
    return Array.of(values.shape(), sums);
  }

  @Override
  public void sum(Collection<Variable> variables) {
    for (List<Variable> some : together(variables)) {
      VariableRow row = rows.computeIfAbsent(some, added -> new VariableRow(backend, added));
      float[] values = row.read();
      sum(SumGraph.Kind.TRAINING, new HostNumbers.Floats(values));
      row.assign(values);
    }
  }

  /** Reads and assigns one by one: this is done once, and programs for it would remain. */
  @Override
  public void broadcast(Collection<Variable> variables) {
    for (List<Variable> some : together(variables)) {
      float[] values = isFirst() ? read(some) : new float[VariableRow.elements(some)];
      sum(SumGraph.Kind.TRAINING, new HostNumbers.Floats(values));
      if (!isFirst()) {
        assign(some, values);
      }
    }
  }

  /** Returns the variables in pieces that are summed together. */
  private static List<List<Variable>> together(Collection<Variable> variables) {
    List<List<Variable>> pieces = new ArrayList<>();
    List<Variable> piece = new ArrayList<>();
    long elements = 0;
    for (Variable variable : variables) {
      if (variable.type() != ElementType.REAL) {
        throw new IllegalArgumentException("real numbers expected: " + variable);
      }
      piece.add(variable);
      elements += variable.shape().elements();
      if (elements >= TOGETHER) {
        pieces.add(piece);
        piece = new ArrayList<>();
        elements = 0;
      }
    }
    if (!piece.isEmpty()) {
      pieces.add(piece);
    }
    return pieces;
  }

  private float[] read(List<Variable> variables) {
    float[] values = new float[VariableRow.elements(variables)];
    int at = 0;
    for (Variable variable : variables) {
      float[] read = backend.read(variable).floats();
      System.arraycopy(read, 0, values, at, read.length);
      at += read.length;
    }
    return values;
  }

  private void assign(List<Variable> variables, float[] values) {
    int at = 0;
    for (Variable variable : variables) {
      float[] part = new float[variable.shape().elements()];
      System.arraycopy(values, at, part, 0, part.length);
      backend.assign(variable, Array.of(variable.shape(), part));
      at += part.length;
    }
  }

  /**
   * Sums in another thread, which returns only as the group is closed if another process stalls.
   */
  private void sum(SumGraph.Kind kind, HostNumbers numbers) {
    CompletableFuture<Void> running =
        CompletableFuture.runAsync(() -> session.sum(kind, numbers), calls);
    try {
      CompletableFuture.anyOf(running, heartbeat.failure(), peers.failure()).join();
    } catch (CompletionException e) {
      lost = true;
      if (e.getCause() instanceof CollectiveException failure) {
        throw new LossMessages(cluster).of(failure, limit(kind));
      }
      if (e.getCause() instanceof LostProcessException left) {
        throw new LostProcessException(String.valueOf(left.getMessage()), left);
      }
      throw e;
    }
  }

  private Duration limit(SumGraph.Kind kind) {
    return kind == SumGraph.Kind.START ? cluster.startTimeout() : cluster.timeout();
  }

  @Override
  public void close() {
    if (!lost && heartbeat.end(peers.failure())) {
      session.close();
    } else {
      closeLost();
    }
    peers.close();
    calls.shutdown();
    rows.values().forEach(VariableRow::close);
  }

  /**
   * Closes the session, unless TensorFlow does not end the sums that wait for a lost process. It
   * reports each sum that is ended, in the first moment.
   */
  private void closeLost() {
    CompletableFuture<Void> closing =
        CompletableFuture.runAsync(session::close, TensorFlowProcesses::inDaemon);
    silently.accept(() -> await(closing, REPORTING));
    await(closing, CLOSING);
  }

  private static void await(CompletableFuture<Void> closing, Duration limit) {
    closing.copy().completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  private static void inDaemon(Runnable work) {
    Thread thread = new Thread(work, "ebt-closing");
    thread.setDaemon(true);
    thread.start();
  }
}
