package dev.ebt.bench.step;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Cluster;
import dev.ebt.backend.Executable;
import dev.ebt.backend.ExecutionTrace;
import dev.ebt.backend.ProcessGroup;
import dev.ebt.backend.UnboundProgram;
import dev.ebt.backend.VariableScope;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.OperationCount;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Variable;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A backend that counts the floating-point operations of the programs that it runs. */
final class CountingBackend implements Backend {
  private final Backend backend;
  private @Nullable OperationCount count;

  /** Creates a backend that computes with another one, which its owner closes. */
  CountingBackend(Backend backend) {
    this.backend = backend;
  }

  /** Returns the operations of all runs of programs while an action runs. */
  OperationCount count(Runnable action) {
    count = OperationCount.NONE;
    action.run();
    OperationCount counted = count;
    count = null;
    return counted;
  }

  private Executable counted(Program program, Executable executable) {
    return new Executable() {
      @Override
      public Map<String, Array> run(Map<String, Array> inputs) {
        OperationCount before = count;
        if (before != null) {
          count = before.plus(OperationCount.of(program));
        }
        return executable.run(inputs);
      }

      @Override
      public int operations() {
        return executable.operations();
      }

      @Override
      public void close() {
        executable.close();
      }
    };
  }

  @Override
  public Executable compile(Program program) {
    return counted(program, backend.compile(program));
  }

  @Override
  public UnboundProgram template(Program program, Collection<Variable> free) {
    UnboundProgram unbound = backend.template(program, free);
    return variables -> counted(program, unbound.bind(variables));
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
  public VariableScope scope(String owner) {
    return backend.scope(owner);
  }

  @Override
  public boolean usesHostMemory() {
    return backend.usesHostMemory();
  }

  @Override
  public ProcessGroup join(Cluster cluster) {
    return backend.join(cluster);
  }

  @Override
  public ExecutionTrace trace(Runnable action) {
    return backend.trace(action);
  }

  @Override
  public Map<String, String> description() {
    return backend.description();
  }

  /** Leaves the other backend open. */
  @Override
  public void close() {}
}
