package dev.ebt.optimize;

/**
 * The inverse square root schedule (Vaswani et al., "Attention is all you need", NIPS 2017): a
 * linear warm-up to the peak P, then a fall with the root of the step. It needs no last step.
 *
 * <pre>
 * k ≤ W:  P (b + (1−b) k/W)        k > W:  P √(max(1, W) / k)
 * </pre>
 *
 * @param warmUp W, the steps over which the rate rises to its peak (100)
 * @param warmUpStart b, the rate at the start of the warm-up, as a fraction of the peak (0)
 */
public record InverseSquareRootSchedule(Integer warmUp, Double warmUpStart)
    implements LearningRateSchedule {
  /** Fills in defaults and rejects invalid values. */
  public InverseSquareRootSchedule {
    WarmUp rise = WarmUp.of(warmUp, warmUpStart);
    warmUp = rise.steps();
    warmUpStart = rise.start();
  }

  @Override
  public double rate(long step, double peak) {
    return warmsUp(step)
        ? new WarmUp(warmUp, warmUpStart).rate(step, peak)
        : peak * Math.sqrt(Math.max(1.0, warmUp) / Math.max(1, step));
  }

  @Override
  public boolean warmsUp(long step) {
    return new WarmUp(warmUp, warmUpStart).includes(step);
  }
}
