package dev.ebt.inference;

import com.google.common.math.IntMath;
import dev.ebt.predict.Predictor;
import dev.ebt.run.RunParts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Predictors of whole rows, by their number of rows, which are used again. Rows are independent of
 * each other: each has the result that it has alone.
 */
final class RowPredictors implements AutoCloseable {
  private final RunParts parts;
  private final Map<Kind, Deque<Predictor>> idle = new HashMap<>();

  RowPredictors(RunParts parts) {
    this.parts = parts;
  }

  /**
   * A kind of predictor.
   *
   * @param holding whether elements can be held fixed, and rows have seeds of their own
   */
  record Kind(int rows, boolean holding) {}

  /**
   * Returns the number of rows of a predictor for some requests: few sizes, as each is compiled.
   */
  static int rows(int requests) {
    return IntMath.ceilingPowerOfTwo(requests);
  }

  /** Returns whether something is drawn for all rows of a plain predictor together. */
  boolean drawsForAllRows(ThinkingBudget budget) {
    Kind one = new Kind(1, false);
    Predictor single = take(one);
    try {
      // What a sampler draws between its steps the interface does not say.
      boolean draws = single.candidatesDiffer() || (!single.thinks() && budget.steps() != 0);
      return draws && !single.seedsEachRow();
    } finally {
      put(one, single);
    }
  }

  /** Returns whether there are predictors that can hold elements fixed. */
  boolean canHold() {
    return parts.thinks();
  }

  Predictor take(Kind kind) {
    Deque<Predictor> unused = idle.get(kind);
    if (unused != null && !unused.isEmpty()) {
      return unused.removeLast();
    }
    return kind.holding() ? parts.holdingPredictor(kind.rows()) : parts.predictor(kind.rows());
  }

  void put(Kind kind, Predictor predictor) {
    idle.computeIfAbsent(kind, key -> new ArrayDeque<>()).addLast(predictor);
  }

  @Override
  public void close() {
    idle.values().forEach(all -> all.forEach(Predictor::close));
    idle.clear();
  }
}
