package dev.ebt.inference;

import dev.ebt.predict.Predictor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** Predictors by their number of rows, which are used again. */
final class PredictorPool implements AutoCloseable {
  private final IntFunction<Predictor> open;
  private final Map<Integer, Deque<Predictor>> idle = new HashMap<>();

  /**
   * Creates a pool.
   *
   * @param open opens a predictor for a number of rows
   */
  PredictorPool(IntFunction<Predictor> open) {
    this.open = open;
  }

  /**
   * Returns the number of rows of a predictor for some requests: few sizes, as each is compiled.
   */
  static int rows(int requests) {
    int rows = 1;
    while (rows < requests) {
      rows *= 2;
    }
    return rows;
  }

  /**
   * Returns whether a row of a batch has the result that it has alone: that is, nothing is drawn
   * for all rows together.
   */
  boolean rowsAreIndependent(ThinkingBudget budget) {
    Predictor single = take(1);
    try {
      // What a sampler draws between its steps the interface does not say.
      return !single.candidatesDiffer() && (single.thinks() || budget.steps() == 0);
    } finally {
      put(1, single);
    }
  }

  Predictor take(int rows) {
    Deque<Predictor> unused = idle.get(rows);
    return unused == null || unused.isEmpty() ? open.apply(rows) : unused.removeLast();
  }

  void put(int rows, Predictor predictor) {
    idle.computeIfAbsent(rows, key -> new ArrayDeque<>()).addLast(predictor);
  }

  @Override
  public void close() {
    idle.values().forEach(all -> all.forEach(Predictor::close));
    idle.clear();
  }
}
