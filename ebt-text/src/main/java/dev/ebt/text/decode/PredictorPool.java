package dev.ebt.text.decode;

import dev.ebt.predict.Predictor;
import dev.ebt.predict.Predictors;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** The predictors of a generator; a few that are not in use are kept for the next text. */
final class PredictorPool implements AutoCloseable {
  private static final int MOST_IDLE = 2;

  private final Predictors predictors;
  private final Deque<Pooled> idle = new ArrayDeque<>();

  PredictorPool(Predictors predictors) {
    this.predictors = predictors;
  }

  /**
   * The size of a predictor.
   *
   * @param positions predictions of each row
   * @param capacity elements of a cache; 0 for whole windows
   */
  record Size(int rows, int positions, int capacity) {}

  /**
   * A predictor in use.
   *
   * @param cached whether it has a cache of the wanted capacity
   */
  record Pooled(Size size, Predictor predictor, boolean cached) {}

  /** Returns a predictor that has observed nothing. */
  Pooled take(Size size) {
    Iterator<Pooled> all = idle.iterator();
    while (all.hasNext()) {
      Pooled pooled = all.next();
      if (pooled.size().equals(size)) {
        all.remove();
        // The parameters may be others than at the last text.
        pooled.predictor().forget();
        return pooled;
      }
    }
    if (size.capacity() > 0) {
      Predictor predictor =
          predictors.cached(size.rows(), size.positions(), size.capacity()).orElse(null);
      if (predictor != null) {
        return new Pooled(size, predictor, true);
      }
    }
    return new Pooled(size, predictors.focused(size.rows(), size.positions()).orElseThrow(), false);
  }

  /** Takes back a predictor. */
  void put(Pooled pooled) {
    idle.addLast(pooled);
    if (idle.size() > MOST_IDLE) {
      idle.removeFirst().predictor().close();
    }
  }

  @Override
  public void close() {
    idle.forEach(pooled -> pooled.predictor().close());
    idle.clear();
  }
}
