package dev.ebt.interact;

import dev.ebt.predict.Predictor;
import dev.ebt.tensor.Array;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A prediction inspected after several numbers of steps, with the cost of each. */
public final class PredictionSweep {
  private static final double NANOS = 1e9;

  private final Predictor predictor;
  private final double tolerance;
  private final long beginning;
  private long thinking;

  /** Puts the predictor at the start of a prediction for a context. */
  public PredictionSweep(
      Predictor predictor, Map<String, Array> context, double tolerance, long seed) {
    this.predictor = predictor;
    this.tolerance = tolerance;
    long begun = System.nanoTime();
    predictor.observe(context);
    predictor.begin(seed);
    beginning = System.nanoTime() - begun;
  }

  /**
   * Advances to a number of steps, no fewer than before, and returns a new row of a table with
   * their cost from the start on.
   */
  public Map<String, Object> reach(int steps) {
    long begun = System.nanoTime();
    predictor.reach(steps, tolerance);
    long taken = System.nanoTime() - begun;
    thinking = predictor.continues() ? thinking + taken : taken;
    Number evaluations =
        predictor
            .evaluationsUsed()
            .<Number>map(used -> Arrays.stream(used.doubles()).average().orElse(0))
            .orElse(predictor.evaluations(steps));
    return cost(steps, 1, evaluations, (beginning + thinking) / NANOS);
  }

  /**
   * Returns a new row of a table with the cost of predictions.
   *
   * @param evaluations of the network for each prediction, or their mean
   * @param seconds for all predictions
   */
  public static Map<String, Object> cost(
      int steps, int candidates, Number evaluations, double seconds) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("steps", steps);
    row.put("candidates", candidates);
    row.put("evaluations", evaluations);
    row.put("seconds", seconds);
    return row;
  }
}
