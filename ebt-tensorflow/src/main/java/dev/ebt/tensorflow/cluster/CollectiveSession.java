package dev.ebt.tensorflow.cluster;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_CANCELLED;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_CloseSession;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteBuffer;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteGraph;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteImportGraphDefOptions;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteSession;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteSessionOptions;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteTensor;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_GraphImportGraphDef;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_GraphOperationByName;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewBufferFromString;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewGraph;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewImportGraphDefOptions;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewSession;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewSessionOptions;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SessionRun;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SetConfig;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SetTarget;

import dev.ebt.backend.Cluster;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_ImportGraphDefOptions;
import org.tensorflow.internal.c_api.TF_Output;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Tensor;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.RunOptions;

/**
 * A session on the server of this process, with sums over all processes. {@code
 * org.tensorflow.Session} cannot be opened on a server, so this one is of the C interface.
 */
final class CollectiveSession implements AutoCloseable {
  private final TF_Graph graph = TF_NewGraph();
  private final TF_Session session;
  private final Map<SumGraph.Kind, Map<String, Integer>> instances = new HashMap<>();
  private final Map<SumGraph.Kind, TF_Buffer> options = new ConcurrentHashMap<>();

  /** Read by sums that are under way, written once there are none. */
  private final ReadWriteLock use = new ReentrantReadWriteLock();

  private volatile boolean closed;

  CollectiveSession(Cluster cluster, ClusterServer server) {
    try {
      add(SumGraph.of(cluster));
      session = open(server.target(), ClusterServer.options(cluster).toByteArray());
    } catch (CollectiveException e) {
      TF_DeleteGraph(graph);
      throw e;
    }
  }

  private void add(GraphDef nodes) {
    TF_ImportGraphDefOptions options = TF_NewImportGraphDefOptions();
    try (NativeStatus status = new NativeStatus();
        BytePointer bytes = new BytePointer(nodes.toByteArray())) {
      TF_Buffer buffer = TF_NewBufferFromString(bytes, bytes.limit());
      TF_GraphImportGraphDef(graph, buffer, options, status.pointer());
      TF_DeleteBuffer(buffer);
      status.check();
    } finally {
      TF_DeleteImportGraphDefOptions(options);
    }
  }

  private TF_Session open(String target, byte[] config) {
    TF_SessionOptions options = TF_NewSessionOptions();
    try (NativeStatus status = new NativeStatus();
        BytePointer bytes = new BytePointer(config)) {
      TF_SetTarget(options, target);
      TF_SetConfig(options, bytes, bytes.limit(), status.pointer());
      status.check();
      TF_Session opened = TF_NewSession(graph, options, status.pointer());
      status.check();
      return opened;
    } finally {
      TF_DeleteSessionOptions(options);
    }
  }

  /**
   * Replaces numbers by their sums over all processes, and waits for these. May be called by
   * several threads, if every process has the same sums of each kind in the same order.
   *
   * @throws CollectiveException if a process is lost, or does not come in time where the kind of
   *     sum has a limit, or this session is closed
   */
  void sum(SumGraph.Kind kind, HostNumbers numbers) {
    use.readLock().lock();
    try {
      if (closed) {
        throw new CollectiveException(TF_CANCELLED, "the session is closed");
      }
      run(kind, numbers);
    } finally {
      use.readLock().unlock();
    }
  }

  private void run(SumGraph.Kind kind, HostNumbers numbers) {
    TF_Tensor in = numbers.tensor();
    TF_Tensor instance = HostNumbers.scalar(instance(kind, numbers));
    try (NativeStatus status = new NativeStatus();
        TF_Output feeds = outputs(kind.input(numbers), kind.instance(numbers));
        TF_Output fetches = outputs(kind.output(numbers));
        PointerPointer<TF_Tensor> fed = new PointerPointer<>(in, instance);
        PointerPointer<TF_Tensor> fetched = new PointerPointer<TF_Tensor>(1).put(0, NOTHING)) {
      TF_SessionRun(
          session,
          options(kind),
          feeds,
          fed,
          2,
          fetches,
          fetched,
          1,
          NO_TARGETS,
          0,
          null,
          status.pointer());
      status.check();
      TF_Tensor out = fetched.get(TF_Tensor.class, 0);
      numbers.take(out);
      TF_DeleteTensor(out);
    } finally {
      TF_DeleteTensor(in);
      TF_DeleteTensor(instance);
    }
  }

  private static final Pointer NOTHING = new Pointer();
  private static final PointerPointer<Pointer> NO_TARGETS = new PointerPointer<>(0);

  /**
   * Returns the options of a run. Runs with the same key share what TensorFlow keeps of them, which
   * the end of one run discards: only runs of one kind, which are never side by side, have the
   * same.
   */
  private TF_Buffer options(SumGraph.Kind kind) {
    return options.computeIfAbsent(
        kind,
        absent -> {
          RunOptions.Builder run = RunOptions.newBuilder();
          run.getExperimentalBuilder().setCollectiveGraphKey(kind.key());
          try (BytePointer bytes = new BytePointer(run.build().toByteArray())) {
            return TF_NewBufferFromString(bytes, bytes.limit());
          }
        });
  }

  /**
   * Returns the number of a collective: sums of different lengths are different ones to TensorFlow.
   * They are counted by kind, since the order of sums of several kinds differs between processes.
   */
  private int instance(SumGraph.Kind kind, HostNumbers numbers) {
    synchronized (instances) {
      Map<String, Integer> known = instances.computeIfAbsent(kind, absent -> new HashMap<>());
      return known.computeIfAbsent(
          kind.input(numbers) + numbers.length(),
          absent -> kind.key() + SumGraph.Kind.MOST * known.size());
    }
  }

  private TF_Output outputs(String... names) {
    TF_Output outputs = new TF_Output(names.length);
    for (int i = 0; i < names.length; i++) {
      outputs.position(i).oper(TF_GraphOperationByName(graph, names[i])).index(0);
    }
    return outputs.position(0);
  }

  /**
   * Ends the sums that are under way, which then throw a {@link CollectiveException}, and frees the
   * session once they have returned: TensorFlow fails where a session is freed before.
   */
  @Override
  public void close() {
    closed = true;
    try (NativeStatus status = new NativeStatus()) {
      TF_CloseSession(session, status.pointer());
      use.writeLock().lock();
      try {
        TF_DeleteSession(session, status.pointer());
        TF_DeleteGraph(graph);
        options.values().forEach(tensorflow::TF_DeleteBuffer);
      } finally {
        use.writeLock().unlock();
      }
    }
  }
}
