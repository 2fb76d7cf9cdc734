package dev.ebt.optimize;

import static java.util.Objects.requireNonNullElse;

/**
 * The cosine schedule (Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm
 * restarts", ICLR 2017), without restarts: a linear warm-up to the peak P, then half a cosine down
 * to the floor, and the floor from there on.
 *
 * <pre>
 * k ≤ W:  P (b + (1−b) k/W)        k > W:  f P + (P − f P)(1 + cos(π min(1, (k−W)/(S−W))))/2
 * </pre>
 *
 * @param warmUp W, the steps over which the rate rises to its peak (100)
 * @param warmUpStart b, the rate at the start of the warm-up, as a fraction of the peak (0)
 * @param decaySteps S, the step at which the rate reaches its floor (training.steps)
 * @param floor f, the final rate as a fraction of the peak (0.1)
 */
public record CosineSchedule(Integer warmUp, Double warmUpStart, Integer decaySteps, Double floor)
    implements LearningRateSchedule {
  /** Fills in defaults and rejects invalid values. */
  public CosineSchedule {
    WarmUp rise = WarmUp.of(warmUp, warmUpStart);
    warmUp = rise.steps();
    warmUpStart = rise.start();
    decaySteps = WarmUp.decaySteps(decaySteps);
    floor = WarmUp.fraction("floor", requireNonNullElse(floor, 0.1));
  }

  /** Creates a schedule whose warm-up starts from 0. */
  public CosineSchedule(int warmUp, int decaySteps, double floor) {
    this(warmUp, 0.0, decaySteps, floor);
  }

  @Override
  public double rate(long step, double peak) {
    WarmUp rise = rise();
    return rise.includes(step)
        ? rise.rate(step, peak)
        : between(peak, floor * peak, Math.min(1, rise.portion(step, decaySteps)));
  }

  /**
   * Returns the rate as the published code computes it: the floor is a fraction of the common peak
   * for all groups of parameters, and the cosine rises again past its end.
   *
   * @param commonPeak the peak learning rate of ordinary parameters
   */
  public double publishedRate(long step, double peak, double commonPeak) {
    WarmUp rise = rise();
    return rise.includes(step)
        ? rise.rate(step, peak)
        : between(peak, floor * commonPeak, rise.portion(step, decaySteps));
  }

  private static double between(double top, double bottom, double portion) {
    return bottom + (top - bottom) * (1 + Math.cos(Math.PI * portion)) / 2;
  }

  @Override
  public boolean warmsUp(long step) {
    return rise().includes(step);
  }

  private WarmUp rise() {
    return new WarmUp(warmUp, warmUpStart);
  }
}
