package dev.ebt.backend;

import dev.ebt.tensor.Array;
import java.util.Map;

/** A compiled program. Lives as long as its backend, or until closed. */
public interface Executable extends AutoCloseable {
  /**
   * Runs the program: computes its outputs, then updates its variables.
   *
   * @param inputs a value for each input of the program; others are ignored
   * @return the outputs by name, on the host and owned by the caller
   * @throws IllegalArgumentException naming the input, if one is missing or of another shape or
   *     type
   * @throws IllegalStateException naming the variable, if one was read that never got a value
   */
  Map<String, Array> run(Map<String, Array> inputs);

  /** How large the compiled program is, in operations of the backend. */
  int operations();

  /** Frees what the program holds; its variables stay. */
  @Override
  void close();
}
