package dev.ebt.train;

/**
 * The learning rate of step k = 1, 2, …: a straight line to the peak over the warm-up, then half a
 * cosine down to the floor, and the floor from there on.
 *
 * <pre>
 * k ≤ W:  b P + (P−bP) k/W        k > W:  f + (P−f)(1 + cos(π (k−W)/(S−W)))/2
 * </pre>
 *
 * @param warmUp W, in steps
 * @param end S, the step that reaches the floor
 * @param peak P of an ordinary parameter; a group with another rate has its own peak
 * @param floor f as a fraction of the peak
 * @param floorOf whose peak the floor is a fraction of
 * @param start b, where the warm-up begins, as a fraction of the peak
 */
public record Schedule(
    int warmUp, int end, double peak, double floor, FloorOf floorOf, double start) {
  /** A schedule whose warm-up begins at 0. */
  public Schedule(int warmUp, int end, double peak, double floor, FloorOf floorOf) {
    this(warmUp, end, peak, floor, floorOf, 0);
  }

  /** Whose peak the floor is a fraction of. */
  public enum FloorOf {
    /** Every group's own, so that all rates fall in proportion. */
    OWN_PEAK,
    /** The common one for all groups, as published: a group of rate 0 would then rise. */
    COMMON_PEAK
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
    double bottom = floor * (floorOf == FloorOf.OWN_PEAK ? top : peak);
    double fraction = Math.min(1, (double) (step - warmUp) / Math.max(1, end - warmUp));
    return bottom + (top - bottom) * (1 + Math.cos(Math.PI * fraction)) / 2;
  }
}
