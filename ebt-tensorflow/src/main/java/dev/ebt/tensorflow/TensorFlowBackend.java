package dev.ebt.tensorflow;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Cluster;
import dev.ebt.backend.Executable;
import dev.ebt.backend.ExecutionTrace;
import dev.ebt.backend.ProcessGroup;
import dev.ebt.backend.ThreadGuard;
import dev.ebt.backend.UnboundProgram;
import dev.ebt.backend.VariableBinding;
import dev.ebt.backend.VariableScope;
import dev.ebt.backend.VariableScopes;
import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Variable;
import dev.ebt.tensorflow.cluster.TensorFlowProcesses;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.ConfigProto;

/**
 * A backend that runs programs on TensorFlow, on the CPU or a GPU, in single precision or with
 * large products in bfloat16. The caller that opens it closes it, which frees all native memory it
 * allocated. Returned values hold no native memory. Not thread-safe: a call while another thread is
 * in one throws an {@link IllegalStateException}.
 */
public final class TensorFlowBackend implements Backend {
  private final TensorFlowSettings configuration;
  private final List<Devices.Device> devices;
  private final boolean feedsHandles;
  private final boolean oneAtATime;
  private final GraphSession session;
  private final VariableScopes scopes = new VariableScopes();
  private final Variables variables;
  private final ResourceHandles handles;

  private TensorFlowBackend(
      TensorFlowSettings configuration,
      List<Devices.Device> devices,
      boolean feedsHandles,
      boolean oneAtATime,
      GraphSession session) {
    this.feedsHandles = feedsHandles;
    this.oneAtATime = oneAtATime;
    this.configuration = configuration;
    this.devices = devices;
    this.session = session;
    this.handles = new ResourceHandles(session);
    this.variables = new Variables(session, feedsHandles ? handles : null);
  }

  /**
   * Starts TensorFlow on the configured device.
   *
   * @throws UserException if a GPU was requested and there is none; the message names what is
   *     missing
   */
  public static TensorFlowBackend open(TensorFlowSettings configuration) {
    return open(configuration, true);
  }

  /**
   * Starts TensorFlow; handles of variables are fed only if that is allowed and there is no GPU.
   */
  static TensorFlowBackend open(TensorFlowSettings configuration, boolean mayFeedHandles) {
    if (configuration.device() != DeviceChoice.CPU) {
      NativeStartup.prepareForGpu();
    }
    NativeStartup.prepare();
    ConfigProto options = SessionOptions.of(configuration);
    List<Devices.Device> devices = Devices.list(options);
    boolean gpu = devices.stream().anyMatch(Devices.Device::isGpu);
    if (configuration.device() == DeviceChoice.GPU && !gpu) {
      throw new UserException(GpuLibraries.whyNoGpu(devices));
    }
    QuietStartup.quietly(options);
    boolean feedsHandles = mayFeedHandles && !gpu;
    // Variables whose handles cannot be fed are chosen by control flow, as are programs of XLA.
    boolean oneAtATime = feedsHandles && configuration.interThreads() == 1 && !configuration.xla();
    ConfigProto ofSession = oneAtATime ? SessionOptions.oneAtATime(options) : options;
    ProductKernels kernels = gpu ? ProductKernels.OTHER : ProductKernels.onCpu(options);
    Precision precision = Precision.of(configuration.precision(), options);
    return new TensorFlowBackend(
        configuration,
        devices,
        feedsHandles,
        oneAtATime,
        new GraphSession(ofSession, configuration.xla(), new ProductRules(kernels, precision)));
  }

  /**
   * Returns how many times as fast as in single precision a large matrix product is in bfloat16, as
   * {@link PrecisionChoice#AUTO} measures it.
   */
  public static double bfloat16Speed() {
    NativeStartup.prepareForGpu();
    NativeStartup.prepare();
    ConfigProto options = SessionOptions.of(TensorFlowSettings.defaults());
    QuietStartup.quietly(options);
    return Bfloat16Speed.onDevice(options);
  }

  @Override
  public Executable compile(Program program) {
    try (ThreadGuard.Use use = session.enter()) {
      session.requireOpen();
      return executable(CompiledProgram.of(program, List.of(), session), VariableBinding.NONE);
    }
  }

  /**
   * Compiles a program with free variables: once, with their handles fed at each run, unless there
   * is a GPU, for which the program is compiled anew for each binding.
   */
  @Override
  public UnboundProgram template(Program program, Collection<Variable> free) {
    if (!feedsHandles) {
      return Backend.super.template(program, free);
    }
    try (ThreadGuard.Use use = session.enter()) {
      session.requireOpen();
      List<Variable> used = new ArrayList<>(new LinkedHashSet<>(program.reads()));
      program.updates().keySet().stream().filter(v -> !used.contains(v)).forEach(used::add);
      used.retainAll(free);
      CompiledProgram compiled = CompiledProgram.of(program, used, session);
      List<Variable> unbound = List.copyOf(free);
      return binding -> bind(compiled, new VariableBinding(binding).requireAll(unbound));
    }
  }

  private Executable bind(CompiledProgram compiled, VariableBinding binding) {
    try (ThreadGuard.Use use = session.enter()) {
      session.requireOpen();
      return executable(compiled, binding);
    }
  }

  private Executable executable(CompiledProgram compiled, VariableBinding binding) {
    return new TensorFlowExecutable(compiled, binding, session, variables, handles);
  }

  @Override
  public void assign(Variable variable, Array value) {
    try (ThreadGuard.Use use = session.enter()) {
      variables.assign(variable, value);
    }
  }

  @Override
  public Array read(Variable variable) {
    try (ThreadGuard.Use use = session.enter()) {
      return variables.read(variable);
    }
  }

  /**
   * Frees the memory of the given variables. The nodes that read and write them stay in the graph
   * until the backend is closed, as those of closed executables do; but equal programs share nodes,
   * so compiling and releasing the same program repeatedly takes no more memory than the first
   * time.
   */
  @Override
  public void release(Collection<Variable> released) {
    try (ThreadGuard.Use use = session.enter()) {
      variables.release(released);
    }
  }

  @Override
  public VariableScope scope(String owner) {
    return scopes.open(this, owner);
  }

  /** Enters the guard of this backend and its executables against concurrent use. */
  ThreadGuard.Use enter() {
    return session.enter();
  }

  @Override
  public ProcessGroup join(Cluster cluster) {
    return TensorFlowProcesses.join(cluster, this, QuietStartup::silently);
  }

  /**
   * Records the operations that TensorFlow executes, as its own {@code RunMetadata} lists them.
   *
   * @throws UserException if operations are executed one at a time, by an executor of TensorFlow
   *     that records nothing
   * @throws IllegalStateException if the action itself calls this method
   */
  @Override
  public ExecutionTrace trace(Runnable action) {
    if (oneAtATime) {
      throw new UserException(
          "TensorFlow records no operations where backend.interThreads is 1 (--threads 1); set 2 or"
              + " more, or leave it out and start Java with -XX:ActiveProcessorCount=1"
              + " (JDK_JAVA_OPTIONS)");
    }
    TraceRecorder recorder = new TraceRecorder();
    recording(recorder);
    try {
      action.run();
    } finally {
      session.record(null);
    }
    return recorder.trace();
  }

  private void recording(TraceRecorder recorder) {
    try (ThreadGuard.Use use = session.enter()) {
      session.requireOpen();
      session.record(recorder);
    }
  }

  @Override
  public boolean usesHostMemory() {
    return devices.stream().noneMatch(Devices.Device::isGpu);
  }

  @Override
  public Map<String, String> description() {
    Map<String, String> description = new LinkedHashMap<>();
    description.put(
        "device",
        devices.stream()
            .filter(Devices.Device::isGpu)
            .findFirst()
            .orElse(devices.get(0))
            .toString());
    description.put("precision", session.products().precision().description());
    description.put(
        "threads",
        threads(configuration.intraThreads())
            + " per operation, "
            + threads(configuration.interThreads())
            + " operations side by side");
    description.put("TensorFlow", TensorFlow.version());
    return description;
  }

  private static String threads(int configured) {
    return String.valueOf(
        configured == 0 ? Runtime.getRuntime().availableProcessors() : configured);
  }

  @Override
  public void close() {
    session.close();
  }
}
