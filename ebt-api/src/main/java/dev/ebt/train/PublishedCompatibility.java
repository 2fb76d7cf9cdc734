package dev.ebt.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.optimize.CosineSchedule;
import dev.ebt.optimize.LearningRateSchedule;

/**
 * The behavior to use where the published code does something that its authors probably did not
 * intend, and no other setting covers the difference. For what the published code does, and how to
 * reproduce the rest of it, see {@code docs/published.md}.
 */
public enum PublishedCompatibility {
  /** The corrected behavior. */
  @JsonProperty("corrected")
  CORRECTED {
    @Override
    boolean learns(ParameterSpec spec) {
      return spec.traits().rate() != 0;
    }

    @Override
    boolean decays(ParameterSpec spec) {
      return spec.traits().decayed();
    }

    @Override
    double rate(LearningRateSchedule schedule, long step, double peak, double commonPeak) {
      return schedule.rate(step, peak);
    }
  },
  /**
   * The behavior of the published code: one learning rate floor for all parameter groups, a cosine
   * that rises again past its horizon, weight decay on all parameters but α, and no training of
   * parameters with "alpha" in their names, which its search for α excludes by mistake.
   */
  @JsonProperty("published")
  PUBLISHED {
    @Override
    boolean learns(ParameterSpec spec) {
      return CORRECTED.learns(spec) && (stepSize(spec) || !spec.name().contains(ALPHA));
    }

    @Override
    boolean decays(ParameterSpec spec) {
      return !stepSize(spec);
    }

    @Override
    double rate(LearningRateSchedule schedule, long step, double peak, double commonPeak) {
      return schedule instanceof CosineSchedule cosine
          ? cosine.publishedRate(step, peak, commonPeak)
          : schedule.rate(step, peak);
    }
  };

  private static final String ALPHA = "alpha";

  /** Returns whether a parameter is trained. */
  abstract boolean learns(ParameterSpec spec);

  /** Returns whether weight decay applies to a parameter. */
  abstract boolean decays(ParameterSpec spec);

  /**
   * Returns the learning rate of a group of parameters.
   *
   * @param peak the group's peak learning rate
   * @param commonPeak that of ordinary parameters
   */
  abstract double rate(LearningRateSchedule schedule, long step, double peak, double commonPeak);

  private static boolean stepSize(ParameterSpec spec) {
    return spec.name().equals(ALPHA);
  }
}
