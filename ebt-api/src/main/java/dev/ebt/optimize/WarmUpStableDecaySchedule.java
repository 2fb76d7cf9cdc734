package dev.ebt.optimize;

import static java.util.Objects.requireNonNullElse;

/**
 * The warm-up–stable–decay schedule (Hu et al., "MiniCPM", COLM 2024), with the linear decay of
 * Hägele et al. ("Scaling laws and compute-optimal training beyond fixed training durations",
 * NeurIPS 2024): a linear warm-up to the peak P, the peak up to step D, then a line down to the
 * floor, and the floor from there on. A run that is to be trained further is resumed from a
 * checkpoint before D.
 *
 * <pre>
 * D = max(W, S − d S)
 * k ≤ W:  P (b + (1−b) k/W)        W &lt; k ≤ D:  P
 * k > D:  f P + (P − f P)(1 − min(1, (k−D)/(S−D)))
 * </pre>
 *
 * @param warmUp W, the steps over which the rate rises to its peak (100)
 * @param warmUpStart b, the rate at the start of the warm-up, as a fraction of the peak (0)
 * @param decaySteps S, the step at which the rate reaches its floor (training.steps)
 * @param decay d, the length of the decay as a fraction of S (0.2)
 * @param floor f, the final rate as a fraction of the peak (0)
 */
public record WarmUpStableDecaySchedule(
    Integer warmUp, Double warmUpStart, Integer decaySteps, Double decay, Double floor)
    implements LearningRateSchedule {
  /** Fills in defaults and rejects invalid values. */
  public WarmUpStableDecaySchedule {
    WarmUp rise = WarmUp.of(warmUp, warmUpStart);
    warmUp = rise.steps();
    warmUpStart = rise.start();
    decaySteps = WarmUp.decaySteps(decaySteps);
    decay = WarmUp.fraction("decay", requireNonNullElse(decay, 0.2));
    floor = WarmUp.fraction("floor", requireNonNullElse(floor, 0.0));
  }

  @Override
  public double rate(long step, double peak) {
    WarmUp rise = new WarmUp(warmUp, warmUpStart);
    if (rise.includes(step)) {
      return rise.rate(step, peak);
    }
    double begin = Math.max(warmUp, decaySteps - decay * decaySteps);
    if (step <= begin) {
      return peak;
    }
    double portion = decaySteps > begin ? Math.min(1, (step - begin) / (decaySteps - begin)) : 1;
    double bottom = floor * peak;
    return bottom + (peak - bottom) * (1 - portion);
  }

  @Override
  public boolean warmsUp(long step) {
    return new WarmUp(warmUp, warmUpStart).includes(step);
  }
}
