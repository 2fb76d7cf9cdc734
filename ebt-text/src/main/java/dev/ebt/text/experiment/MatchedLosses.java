package dev.ebt.text.experiment;

import dev.ebt.store.MetricsHistory;

/**
 * The checkpoints of two models at which their losses on the text of training are about equal: the
 * last one of the model that ends with the higher loss, and that of the other one whose loss is
 * nearest to it.
 *
 * @param first the update of the checkpoint of the first model
 * @param second the update of the checkpoint of the second model
 */
record MatchedLosses(long first, long second) {
  /**
   * Matches two models.
   *
   * @param first losses of the first model by update, at least one
   * @param second losses of the second model by update, at least one
   */
  static MatchedLosses of(MetricsHistory.Curve first, MetricsHistory.Curve second) {
    double firstLast = last(first);
    double secondLast = last(second);
    double level = Math.max(firstLast, secondLast);
    return new MatchedLosses(nearest(first, level), nearest(second, level));
  }

  private static double last(MetricsHistory.Curve curve) {
    return curve.values()[curve.size() - 1];
  }

  /** Returns the update with the nearest loss, the latest of equally near ones. */
  private static long nearest(MetricsHistory.Curve curve, double level) {
    int nearest = curve.size() - 1;
    for (int i = nearest; i >= 0; i--) {
      if (Math.abs(curve.values()[i] - level) < Math.abs(curve.values()[nearest] - level)) {
        nearest = i;
      }
    }
    return Math.round(curve.steps()[nearest]);
  }
}
