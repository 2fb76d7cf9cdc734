package dev.ebt.predict;

import java.util.Optional;

/**
 * A source of predictors for the model of a run. It may keep compiled programs for the predictors
 * to come; they stay until the backend is closed.
 */
@FunctionalInterface
public interface Predictors {
  /** Returns a predictor for a number of rows; the caller closes it. */
  Predictor of(int rows);

  /**
   * Returns a predictor for a selected number of positions of each row (see {@link
   * Predictor#focus}), which the caller closes; empty if the model cannot predict some positions
   * only.
   */
  default Optional<Predictor> focused(int rows, int positions) {
    return Optional.empty();
  }

  /**
   * Returns whether {@link #focused} has predictors. By default one is opened to find out; a source
   * that knows without that says so here.
   */
  default boolean canFocus() {
    Optional<Predictor> predictor = focused(1, 1);
    predictor.ifPresent(Predictor::close);
    return predictor.isPresent();
  }

  /**
   * Returns a predictor for a selected number of positions of each row that keeps what it computed
   * of a context in a key/value cache, and computes only what the next context has beyond it. The
   * caller closes it. Empty if the model or its modality does not support that.
   *
   * @param capacity the greatest number of elements of a row; contexts are [rows, capacity, ...]
   */
  default Optional<Predictor> cached(int rows, int positions, int capacity) {
    return Optional.empty();
  }

  /**
   * Returns a predictor for a number of rows that can hold elements of candidates fixed (see {@link
   * Predictor#hold}), which the caller closes; empty if the model cannot. Its rows are independent
   * of each other: {@link Predictor#beginEach} takes a seed for each, [rows].
   */
  default Optional<Predictor> holding(int rows) {
    return Optional.empty();
  }
}
