package dev.ebt.optimize;

import static java.util.Objects.requireNonNullElse;

/**
 * The linear schedule, usual in fine-tuning (Devlin et al., "BERT", NAACL 2019): a linear warm-up
 * to the peak P, then a line down to the floor, and the floor from there on.
 *
 * <pre>
 * k ≤ W:  P (b + (1−b) k/W)        k > W:  f P + (P − f P)(1 − min(1, (k−W)/(S−W)))
 * </pre>
 *
 * @param warmUp W, the steps over which the rate rises to its peak (100)
 * @param warmUpStart b, the rate at the start of the warm-up, as a fraction of the peak (0)
 * @param decaySteps S, the step at which the rate reaches its floor (training.steps)
 * @param floor f, the final rate as a fraction of the peak (0)
 */
public record LinearSchedule(Integer warmUp, Double warmUpStart, Integer decaySteps, Double floor)
    implements LearningRateSchedule {
  /** Fills in defaults and rejects invalid values. */
  public LinearSchedule {
    WarmUp rise = WarmUp.of(warmUp, warmUpStart);
    warmUp = rise.steps();
    warmUpStart = rise.start();
    decaySteps = WarmUp.decaySteps(decaySteps);
    floor = WarmUp.fraction("floor", requireNonNullElse(floor, 0.0));
  }

  @Override
  public double rate(long step, double peak) {
    WarmUp rise = new WarmUp(warmUp, warmUpStart);
    if (rise.includes(step)) {
      return rise.rate(step, peak);
    }
    double bottom = floor * peak;
    return bottom + (peak - bottom) * (1 - Math.min(1, rise.portion(step, decaySteps)));
  }

  @Override
  public boolean warmsUp(long step) {
    return new WarmUp(warmUp, warmUpStart).includes(step);
  }
}
