package dev.ebt.report.section;

import dev.ebt.store.MetricsHistory;
import java.util.Arrays;

/** A comparison of two metrics of the same updates by when they rise and fall. */
final class CurveOrder {
  private CurveOrder() {}

  /**
   * Returns whether two curves always rise and fall together, or always in opposite directions, so
   * that one shows nothing beyond the other.
   */
  static boolean same(MetricsHistory.Curve one, MetricsHistory.Curve other) {
    if (!Arrays.equals(one.steps(), other.steps())) {
      return false;
    }
    boolean together = true;
    boolean opposite = true;
    for (int i = 1; i < one.size(); i++) {
      int change = Double.compare(one.values()[i], one.values()[i - 1]);
      int otherChange = Double.compare(other.values()[i], other.values()[i - 1]);
      together &= change == otherChange;
      opposite &= change == -otherChange;
    }
    return together || opposite;
  }
}
