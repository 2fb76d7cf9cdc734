package dev.ebt.think;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Variable;
import java.util.Map;

/** The observation of the context of one thinking session, in every landscape that steps use. */
interface Observation extends AutoCloseable {
  /** Sets the context: the features by name. Nothing is computed yet. */
  void context(Map<String, Array> features);

  /** Discards what was computed for earlier contexts. */
  void forget();

  /**
   * Takes over rows that another session has observed, if both have a cache of the same model.
   *
   * @param sources numbers of its rows
   * @param targets the row here for each of them
   */
  default void take(Observation from, int[] sources, int[] targets) {}

  /** Selects the positions of each row that are predicted, [rows, positions]. */
  void focus(Array positions);

  /** Returns the features that initial candidates may depend on. */
  Map<String, Array> candidateFeatures();

  /** Computes what is missing of the observation in a landscape. */
  void look(int landscape);

  /** Returns the variable in place of each free variable of an observation, in a landscape. */
  Map<Variable, Variable> variables(int landscape);

  /**
   * Returns the inputs of a program that observes the last element of each row, in the landscapes
   * of some steps. All elements before them are observed.
   *
   * @throws IllegalStateException if this has no cache
   */
  default Map<String, Array> lastElement(int steps) {
    throw new IllegalStateException("no cache");
  }

  /** Records that such a program has run. */
  default void lastElementObserved(int steps) {
    throw new IllegalStateException("no cache");
  }

  /** Closes the programs. The variables belong to the scope of the session. */
  @Override
  void close();
}
