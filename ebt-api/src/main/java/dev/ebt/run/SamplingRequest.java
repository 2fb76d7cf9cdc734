package dev.ebt.run;

import dev.ebt.error.UserException;

/**
 * A request for chains of samples from a model's energy.
 *
 * @param chains number of chains, all in the context of the first validation example
 * @param samples samples of each chain
 * @param warmUp samples of each chain before these, which are not used
 * @param every steps of thinking from one sample to the next; 0 for as many as the sampler takes
 * @param annealing intermediate distributions of the estimate of ln Z; 0 for no estimate
 * @param spread standard deviation of the normal distribution that the estimate begins at
 * @param seed of everything random
 */
public record SamplingRequest(
    int chains, int samples, int warmUp, int every, int annealing, double spread, long seed) {
  private static final int LEAST_SAMPLES = 4;

  /** Rejects values out of range. */
  public SamplingRequest {
    check("--chains", chains, chains >= 2, "at least 2");
    check("--samples", samples, samples >= LEAST_SAMPLES, "at least " + LEAST_SAMPLES);
    check("--warm-up", warmUp, warmUp >= 0, "0 or more");
    check("--every", every, every >= 0, "0 (one sample of the sampler) or more");
    check("--annealing", annealing, annealing == 0 || annealing >= 2, "0 (off), or at least 2");
    check("--spread", spread, spread > 0 && spread < Double.POSITIVE_INFINITY, "a positive number");
  }

  private static void check(String option, Object value, boolean suitable, String expected) {
    if (!suitable) {
      throw new UserException(option + " is " + value + "; " + expected + " expected");
    }
  }
}
