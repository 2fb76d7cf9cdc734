package dev.ebt.diffusion;

/**
 * A step of the reverse process, from {@code time} to an earlier one (Ho, Jain and Abbeel, 2020;
 * over several steps at once as in Nichol and Dhariwal, 2021): q(y_next | y_time, y_clean) is
 * normal, with mean {@link #ofClean} · y_clean + {@link #ofNoisy} · y_time.
 *
 * @param time the time before the step, 0 or more
 * @param next the time after the step, earlier than {@code time}; −1 for no noise at all
 */
public record ReverseStep(int time, int next) {

  /** Rejects steps that do not go back in time. */
  public ReverseStep {
    if (next >= time || next < -1 || time >= NoiseSchedule.STEPS) {
      throw new IllegalArgumentException("no move back from time " + time + " to " + next);
    }
  }

  /** Returns ᾱ of {@code time}. */
  double signal() {
    return NoiseSchedule.signal(time);
  }

  /** Returns ᾱ of {@code next}. */
  double nextSignal() {
    return NoiseSchedule.signal(next);
  }

  /** Returns β, the fraction of variance that the step removes. */
  private double noise() {
    return 1 - signal() / nextSignal();
  }

  /** Returns the weight of the clean candidate in the mean. */
  double ofClean() {
    return noise() * Math.sqrt(nextSignal()) / (1 - signal());
  }

  /** Returns the weight of the noisy candidate in the mean. */
  double ofNoisy() {
    return (1 - nextSignal()) * Math.sqrt(signal() / nextSignal()) / (1 - signal());
  }

  /**
   * Returns ln β̃, the log variance of q(y_next | y_time, y_clean): the minimum for a model's
   * prediction. A step to no noise has none; it uses that of the step from time 1 to 0, as
   * published.
   */
  double leastLogVariance() {
    return next < 0
        ? new ReverseStep(1, 0).leastLogVariance()
        : Math.log(noise() * (1 - nextSignal()) / (1 - signal()));
  }

  /** Returns ln β, the maximum log variance for a model's prediction. */
  double greatestLogVariance() {
    return Math.log(noise());
  }
}
