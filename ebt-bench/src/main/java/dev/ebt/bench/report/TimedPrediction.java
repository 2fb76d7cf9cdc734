package dev.ebt.bench.report;

import dev.ebt.tensor.Array;
import dev.ebt.think.Predictor;
import java.util.Map;

/** One prediction looked at after several numbers of steps, and what each of them costs. */
final class TimedPrediction {
  private static final double NANOS = 1e9;

  private final Predictor predictor;
  private final double tolerance;
  private final long beginning;
  private long thinking;

  /** Puts the predictor at the start of a prediction. */
  TimedPrediction(
      Predictor predictor, Map<String, Array> context, PredictionTable.PredictionOptions manner) {
    this.predictor = predictor;
    this.tolerance = manner.tolerance();
    long begun = System.nanoTime();
    predictor.observe(context);
    predictor.begin(manner.seed());
    beginning = System.nanoTime() - begun;
  }

  /** Goes to so many steps, no fewer than before; a line of what they cost from the start on. */
  Map<String, Object> reach(int steps) {
    long begun = System.nanoTime();
    predictor.reach(steps, tolerance);
    long taken = System.nanoTime() - begun;
    // Thinking goes on from fewer steps; diffusion goes another way.
    thinking = predictor.thinks() ? thinking + taken : taken;
    return MetricTable.effort(
        steps, 1, predictor.evaluations(steps), (beginning + thinking) / NANOS);
  }
}
