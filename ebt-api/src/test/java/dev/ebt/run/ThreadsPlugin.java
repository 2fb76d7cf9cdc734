package dev.ebt.run;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Cluster;
import dev.ebt.backend.Executable;
import dev.ebt.backend.ProcessGroup;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.modality.Modality;
import dev.ebt.plugin.EbtPlugin;
import dev.ebt.plugin.Factory;
import dev.ebt.regularize.Regularizer;
import dev.ebt.regularize.ReplayBuffer;
import dev.ebt.regularize.ReplayRows;
import dev.ebt.regularize.ReplayShare;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Variable;
import dev.ebt.testing.ThreadProcesses;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** A plugin with a backend whose processes are threads, and a regularizer with replay buffers. */
final class ThreadsPlugin implements EbtPlugin {
  private final List<ThreadProcesses> processes;

  ThreadsPlugin(List<ThreadProcesses> processes) {
    this.processes = processes;
  }

  /** A reference backend that joins the processes of the test. */
  private final class JoiningBackend implements Backend {
    private final ReferenceBackend backend = new ReferenceBackend();

    @Override
    public ProcessGroup join(Cluster cluster) {
      ThreadProcesses own = processes.get(cluster.rank());
      own.use(this);
      return own;
    }

    @Override
    public Executable compile(Program program) {
      return backend.compile(program);
    }

    @Override
    public void assign(Variable variable, Array value) {
      backend.assign(variable, value);
    }

    @Override
    public Array read(Variable variable) {
      return backend.read(variable);
    }

    @Override
    public void release(Collection<Variable> variables) {
      backend.release(variables);
    }

    @Override
    public Map<String, String> description() {
      return backend.description();
    }

    @Override
    public void close() {
      backend.close();
    }
  }

  /** A regularizer with a buffer that is always empty. */
  private record Forgetful() implements Regularizer {
    @Override
    public Optional<ReplayBuffer> replayBuffer(Modality modality, ReplayShare share) {
      return Optional.of(new EmptyBuffer());
    }
  }

  private record EmptyBuffer() implements ReplayBuffer {
    @Override
    public Optional<ReplayRows> recall(int rows, RandomGenerator random) {
      return Optional.empty();
    }

    @Override
    public void keep(ReplayRows fresh) {}

    @Override
    public Map<String, Supplier<Array>> state() {
      return Map.of();
    }

    @Override
    public void restore(Map<String, Supplier<Array>> state) {}

    @Override
    public String description() {
      return "always empty";
    }
  }

  @Override
  public String name() {
    return "threads";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public List<Factory<? extends Backend, ?>> backends() {
    return List.of(
        Factory.of(
            "threads",
            "processes that are threads",
            PointPlugin.None.class,
            (s, c) -> new JoiningBackend()));
  }

  @Override
  public List<Factory<? extends Regularizer, ?>> regularizers() {
    return List.of(
        Factory.of(
            "forgetful", "an empty buffer", PointPlugin.None.class, (s, c) -> new Forgetful()));
  }
}
