package dev.ebt.backend;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Variable;
import java.util.Collection;
import java.util.Map;

/**
 * Runs programs. A backend owns its variables, which stay on its device between runs and are shared
 * by all programs compiled here; closing it frees them and every executable. Not for several
 * threads at once; our own refuse that by a {@link ThreadGuard}.
 */
public interface Backend extends AutoCloseable {
  /** Makes a program ready to run. Compile once, run often. */
  Executable compile(Program program);

  /**
   * Gives a variable its value.
   *
   * @throws dev.ebt.tensor.ShapeException if the array is of another shape
   */
  void assign(Variable variable, Array value);

  /**
   * The value of a variable, copied to the host.
   *
   * @throws IllegalStateException naming the variable, if it never got a value
   */
  Array read(Variable variable);

  /**
   * Frees what the device holds for these variables: from now on they are as if they had never had
   * a value or a shape. Programs that read them run again once they got a value; variables that
   * have none, or a backend that is closed, are no error.
   */
  void release(Collection<Variable> variables);

  /** Where and how this backend computes, for a person: device, precision, threads. */
  Map<String, String> description();

  /** Frees variables, executables and what the device holds for them. */
  @Override
  void close();
}
