package dev.ebt.diffusion;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.error.UserException;
import java.util.Locale;

/**
 * The settings of sampling from a diffusion model; defaults in parentheses.
 *
 * @param sampler the kind of reverse step (ddim)
 * @param recurse number of additional passes, each from the initial time with the previous result
 *     as the noisy candidate (0; the published code uses 2)
 * @param clip whether the predicted clean candidate is clipped to [−1, 1] (true)
 */
public record SamplerSettings(Sampler sampler, Integer recurse, Boolean clip) {

  /** The kind of reverse step. */
  public enum Sampler {
    /** Deterministic: Song, Meng and Ermon, "Denoising diffusion implicit models", 2021. */
    @JsonProperty("ddim")
    DDIM,
    /** Random: Ho, Jain and Abbeel, "Denoising diffusion probabilistic models", 2020. */
    @JsonProperty("ancestral")
    ANCESTRAL
  }

  /** Fills in defaults and rejects invalid values. */
  public SamplerSettings {
    sampler = requireNonNullElse(sampler, Sampler.DDIM);
    recurse = requireNonNullElse(recurse, 0);
    clip = requireNonNullElse(clip, true);
    if (recurse < 0) {
      throw new UserException("objective.recurse is " + recurse + "; 0 or more expected");
    }
  }

  /**
   * Checks that a number of network evaluations is possible.
   *
   * @param times number of times in the reverse process
   * @throws UserException if it is not
   */
  public void check(int steps, int times) {
    int most = times * passes();
    if (steps < 0 || steps > most) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%d steps of diffusion: the noise here is of %d steps%s, so 0 to %d expected",
              steps,
              times,
              passes() == 1 ? "" : ", gone through " + passes() + " times",
              most));
    }
    if (steps % passes() != 0) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%d steps of diffusion cannot be shared evenly by the %d passes of objective.recurse %d; for instance %d",
              steps,
              passes(),
              recurse,
              (steps / passes() + 1) * passes()));
    }
  }

  /** Returns the number of passes through the reverse process. */
  public int passes() {
    return recurse + 1;
  }
}
