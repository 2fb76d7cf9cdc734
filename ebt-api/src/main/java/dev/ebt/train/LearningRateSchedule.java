package dev.ebt.train;

import dev.ebt.nn.ParameterSpec;

/**
 * The learning rate schedule for steps k = 1, 2, …: a linear warm-up to the peak, then half a
 * cosine down to the floor, and the floor from there on.
 *
 * <pre>
 * k ≤ W:  b P + (P−bP) k/W        k > W:  f + (P−f)(1 + cos(π (k−W)/(S−W)))/2
 * </pre>
 *
 * <p>The floor f is a fraction of each group's own peak, so that all rates decay in proportion. As
 * published, it is that fraction of the common peak for all groups, and the cosine rises again past
 * S.
 *
 * @param warmUp W, in steps
 * @param end S, the step at which the floor is reached
 * @param peak P of an ordinary parameter; a group with another rate has its own peak
 * @param floor f as a fraction of the peak
 * @param start b, the rate at the start of the warm-up as a fraction of the peak
 * @param compatibility selects the corrected or published floor and behavior past S
 */
public record LearningRateSchedule(
    int warmUp, int end, double peak, double floor, double start, Compatibility compatibility) {
  /** Creates a schedule with a warm-up from 0 and a floor per group. */
  public LearningRateSchedule(int warmUp, int end, double peak, double floor) {
    this(warmUp, end, peak, floor, 0, Compatibility.CORRECTED);
  }

  /** Returns the learning rate of a parameter: 0 during the warm-up if it is a late one. */
  double at(long step, ParameterSpec.Traits traits) {
    return traits.late() && step <= warmUp ? 0 : at(step, traits.rate());
  }

  /**
   * Returns the learning rate of a step.
   *
   * @param step number of the step, from 1
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
