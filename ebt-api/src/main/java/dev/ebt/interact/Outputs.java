package dev.ebt.interact;

import java.util.List;
import java.util.Map;

/** A receiver of the outputs of an interaction. */
@FunctionalInterface
public interface Outputs {
  /** Receives an output. */
  void add(Output output);

  /** Returns whether further outputs are of any use; an interaction stops early if not. */
  default boolean wantsMore() {
    return true;
  }

  /** Receives a line of text. */
  default void note(String line) {
    add(new Output.Note(line));
  }

  /** Receives a table: the values of each row by the names of their columns. */
  default void table(List<Map<String, Object>> rows) {
    add(new Output.Table(rows));
  }
}
