package dev.ebt.backend;

import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Variable;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/**
 * A backend that compiles and runs programs. It owns its variables, which stay on its device
 * between runs and are shared by all its programs; closing it frees them and every executable. Not
 * thread-safe; the bundled backends detect concurrent use with a {@link ThreadGuard}.
 */
public interface Backend extends AutoCloseable {
  /** Compiles a program. Compile once, run often. */
  Executable compile(Program program);

  /**
   * Compiles a program with free variables, to be bound to those of each session.
   *
   * <p>The default compiles the program anew for each binding. Backends that can should compile it
   * once.
   *
   * @param free the variables that take other ones' places; the program uses all others as they
   *     are, and must not be given replacements for them
   */
  default UnboundProgram template(Program program, Collection<Variable> free) {
    return variables -> {
      VariableBinding binding = new VariableBinding(variables).requireAll(free);
      return compile(program.withVariables(binding::of));
    };
  }

  /**
   * Assigns a value to a variable.
   *
   * @throws dev.ebt.tensor.ShapeException if the array has another shape
   */
  void assign(Variable variable, Array value);

  /**
   * Returns the value of a variable, copied to the host.
   *
   * @throws IllegalStateException naming the variable, if it has no value
   */
  Array read(Variable variable);

  /**
   * Frees the device memory of these variables, which then have neither a value nor a shape, as
   * before their first use. Programs that read them can run again once a value is assigned.
   * Variables without a value and a closed backend are not an error.
   */
  void release(Collection<Variable> variables);

  /**
   * Opens a scope of variables.
   *
   * <p>The default never uses a prefix again. A backend that caches equal programs should delegate
   * to a {@link VariableScopes} of its own.
   *
   * @param owner what the variables belong to, the first part of their names
   */
  default VariableScope scope(String owner) {
    return new VariableScope(this, owner + "." + UUID.randomUUID() + ".", () -> {});
  }

  /**
   * Returns whether variables and intermediate results are in the machine's memory, rather than in
   * that of a device of its own.
   */
  default boolean usesHostMemory() {
    return true;
  }

  /**
   * Joins the processes that share a training; returns once all have joined. The caller closes the
   * group before the backend.
   *
   * <p>The default refuses.
   *
   * @throws UserException if this backend cannot, or an address cannot be used or does not answer
   */
  default ProcessGroup join(Cluster cluster) {
    throw new UserException(
        "this backend trains in one process only; leave out --processes or --cluster, or choose"
            + " another backend.name, such as tensorflow");
  }

  /**
   * Records the operations that this backend executes while an action runs, of whatever executables
   * the action runs. Recording takes time of its own, between operations rather than in them.
   *
   * <p>The default refuses.
   *
   * @throws UserException if this backend cannot record its operations
   */
  default ExecutionTrace trace(Runnable action) {
    throw new UserException(
        "this backend does not record when its operations run; choose another one that does, such"
            + " as tensorflow");
  }

  /** Returns a description of this backend for people: device, precision, threads. */
  Map<String, String> description();

  /** Frees the variables and executables, and their device memory. */
  @Override
  void close();
}
