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

/**
 * A backend that passes everything on to another and counts what travels between host and device.
 */
public final class TransferLog implements Backend {
  private final Backend backend;
  private final List<Run> runs = new ArrayList<>();
  private int reads;
  private int assignments;

  /** Counts what travels to and from this backend, which is closed with the new one. */
  public TransferLog(Backend backend) {
    this.backend = backend;
  }

  /**
   * One run of a program.
   *
   * @param given how many numbers each input brought, of those that the program has
   * @param fetched how many numbers each output brought back
   */
  public record Run(String program, Map<String, Integer> given, Map<String, Integer> fetched) {}

  /** All runs since the beginning, or since it was cleared. */
  public List<Run> runs() {
    return List.copyOf(runs);
  }

  /** How often a variable was copied to the host. */
  public int reads() {
    return reads;
  }

  /** How often a variable was given a value by the host. */
  public int assignments() {
    return assignments;
  }

  /** Begins to count anew. */
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
  public Map<String, String> description() {
    return backend.description();
  }

  @Override
  public void close() {
    backend.close();
  }
}
