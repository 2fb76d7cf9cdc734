package dev.ebt.testing;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A backend that delegates to another and counts transfers between host and device. */
public final class TransferLog implements Backend {
  private final Backend backend;
  private final List<Run> runs = new ArrayList<>();
  private int reads;
  private int assignments;

  /** Creates a counting wrapper of a backend, which is closed with the wrapper. */
  public TransferLog(Backend backend) {
    this.backend = backend;
  }

  /**
   * One run of a program.
   *
   * @param given number of elements of each input passed in that the program has
   * @param fetched number of elements of each output returned
   */
  public record Run(String program, Map<String, Integer> given, Map<String, Integer> fetched) {}

  /** Returns all runs since creation or the last {@link #clear}. */
  public List<Run> runs() {
    return List.copyOf(runs);
  }

  /** Returns how often variables were copied to the host. */
  public int reads() {
    return reads;
  }

  /** Returns how often variables were assigned by the host. */
  public int assignments() {
    return assignments;
  }

  /** Resets all counts. */
  public void clear() {
    runs.clear();
    reads = 0;
    assignments = 0;
  }

  @Override
  public Executable compile(Program program) {
    Executable executable = backend.compile(program);
    return new Executable() {
      @Override
      public Map<String, Array> run(Map<String, Array> inputs) {
        Map<String, Array> outputs = executable.run(inputs);
        Map<String, Array> given = new HashMap<>(inputs);
        given.keySet().retainAll(program.inputs().keySet());
        runs.add(new Run(program.name(), sizes(given), sizes(outputs)));
        return outputs;
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

  private static Map<String, Integer> sizes(Map<String, Array> arrays) {
    Map<String, Integer> sizes = new HashMap<>();
    arrays.forEach((name, array) -> sizes.put(name, array.shape().elements()));
    return sizes;
  }

  @Override
  public void assign(Variable variable, Array value) {
    assignments++;
    backend.assign(variable, value);
  }

  @Override
  public Array read(Variable variable) {
    reads++;
    return backend.read(variable);
  }

  @Override
  public void release(Collection<Variable> variables) {
    backend.release(variables);
  }

  @Override
  public boolean usesHostMemory() {
    return backend.usesHostMemory();
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
