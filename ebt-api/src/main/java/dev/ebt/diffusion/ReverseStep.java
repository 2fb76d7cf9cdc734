package dev.ebt.diffusion;

/**
 * A move back in time, from {@code time} to an earlier one (Ho, Jain and Abbeel, 2020; over several
 * steps at once as in Nichol and Dhariwal, 2021): q(y_next | y_time, y_clean) is normal, with mean
 * {@link #ofClean} · y_clean + {@link #ofNoisy} · y_time.
 *
 * @param time where it begins, 0 or more
 * @param next where it ends, before that; −1 for no noise at all
 */
public record ReverseStep(int time, int next) {

  /** Refuses moves that do not go back. */
  public ReverseStep {
    if (next >= time || next < -1 || time >= NoiseSchedule.STEPS) {
      throw new IllegalArgumentException("no move back from time " + time + " to " + next);
    }
  }

  /** ᾱ of the time. */
  double signal() {
    return NoiseSchedule.signal(time);
  }

  /** ᾱ of the next time. */
  double nextSignal() {
    return NoiseSchedule.signal(next);
  }

  /** β: the share of variance that the move takes back. */
  private double noise() {
    return 1 - signal() / nextSignal();
  }

  /** The weight of the clean candidate in the mean. */
  double ofClean() {
    return noise() * Math.sqrt(nextSignal()) / (1 - signal());
  }

  /** The weight of the noisy candidate in the mean. */
  double ofNoisy() {
    return (1 - nextSignal()) * Math.sqrt(signal() / nextSignal()) / (1 - signal());
  }

  /**
   * ln β̃, the log variance of q(y_next | y_time, y_clean): the least that a model may tell. A move
   * to no noise has none; it takes that of the move before it, as published.
   */
  double leastLogVariance() {
    return next < 0
        ? new ReverseStep(1, 0).leastLogVariance()
        : Math.log(noise() * (1 - nextSignal()) / (1 - signal()));
  }

  /** ln β: the greatest log variance that a model may tell. */
  double greatestLogVariance() {
    return Math.log(noise());
  }
}
