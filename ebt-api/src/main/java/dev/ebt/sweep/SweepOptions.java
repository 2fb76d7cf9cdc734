package dev.ebt.sweep;

/**
 * How the runs of a sweep are trained and compared.
 *
 * @param metric the metric of a validation that they are compared by, as {@code metrics.jsonl}
 *     names it
 * @param highest whether the highest value is the best, not the lowest
 * @param halving whether settings with the worse results are stopped early
 */
public record SweepOptions(String metric, boolean highest, boolean halving) {
  /** The metric that every run has. */
  public static final String LOSS = "validation.loss";

  /** Returns the usual options: the lowest validation loss, and all runs trained to their end. */
  public static SweepOptions usual() {
    return new SweepOptions(LOSS, false, false);
  }
}
