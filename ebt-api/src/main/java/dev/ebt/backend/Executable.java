package dev.ebt.backend;

import dev.ebt.tensor.Array;
import java.util.Map;

/** A compiled program, usable until it or its backend is closed. */
public interface Executable extends AutoCloseable {
  /**
   * Runs the program: computes its outputs, then updates its variables.
   *
   * @param inputs a value for each input of the program; others are ignored
   * @return the outputs by name, on the host and owned by the caller
   * @throws IllegalArgumentException naming the input, if one is missing or has another shape or
   *     type
   * @throws IllegalStateException naming the variable, if one that is read has no value
   */
  Map<String, Array> run(Map<String, Array> inputs);

  /** Returns the size of the compiled program, in operations of the backend. */
  int operations();

  /** Frees the resources of the program; its variables are kept. */
  @Override
  void close();
}
