package dev.ebt.train;

import dev.ebt.nn.ParameterSpec;

/**
 * The learning rate of step k = 1, 2, …: a straight line to the peak over the warm-up, then half a
 * cosine down to the floor, and the floor from there on.
 *
 * <pre>
 * k ≤ W:  b P + (P−bP) k/W        k > W:  f + (P−f)(1 + cos(π (k−W)/(S−W)))/2
 * </pre>
 *
 * <p>The floor f is a fraction of every group's own peak, so that all rates fall in proportion. As
 * published, it is that fraction of the common peak for all groups, and the cosine climbs again
 * past S.
 *
 * @param warmUp W, in steps
 * @param end S, the step that reaches the floor
 * @param peak P of an ordinary parameter; a group with another rate has its own peak
 * @param floor f as a fraction of the peak
 * @param start b, where the warm-up begins, as a fraction of the peak
 * @param compatibility whose floor, and whose way past S
 */
public record LearningRateSchedule(
    int warmUp, int end, double peak, double floor, double start, Compatibility compatibility) {
  /** A schedule whose warm-up begins at 0, with a floor for every group. */
  public LearningRateSchedule(int warmUp, int end, double peak, double floor) {
    this(warmUp, end, peak, floor, 0, Compatibility.CORRECTED);
  }

  /** The learning rate of a parameter: 0 during the warm-up if it is a late one. */
  double at(long step, ParameterSpec.Traits traits) {
    return traits.late() && step <= warmUp ? 0 : at(step, traits.rate());
  }

  /**
   * The learning rate of one step.
   *
   * @param step from 1
   * @param rate the group's factor on the peak
   */
  public double at(long step, double rate) {
    double top = peak * rate;
    if (step <= warmUp) {
      return top * (start + (1 - start) * step / warmUp);
    }
    boolean published = compatibility == Compatibility.PUBLISHED;
    double bottom = floor * (published ? peak : top);
    double fraction = (double) (step - warmUp) / Math.max(1, end - warmUp);
    double angle = Math.PI * (published ? fraction : Math.min(1, fraction));
    return bottom + (top - bottom) * (1 + Math.cos(angle)) / 2;
  }
}
