package dev.ebt.diffusion;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.error.UserException;
import java.util.Locale;

/**
 * How candidates are drawn from a model, backwards in time.
 *
 * @param sampler what a move is (ddim)
 * @param recurse how many times the result goes the whole way again, from the beginning of time as
 *     if it were noisy (0; the published code takes 2)
 * @param clip whether what a candidate would be without noise is kept from −1 to 1 (true)
 */
public record SamplerSettings(Sampler sampler, Integer recurse, Boolean clip) {

  /** What a move back in time is. */
  public enum Sampler {
    /** Without chance: Song, Meng and Ermon, "Denoising diffusion implicit models", 2021. */
    @JsonProperty("ddim")
    DDIM,
    /** Drawn: Ho, Jain and Abbeel, "Denoising diffusion probabilistic models", 2020. */
    @JsonProperty("ancestral")
    ANCESTRAL
  }

  /** Fills in defaults and refuses what has no meaning. */
  public SamplerSettings {
    sampler = requireNonNullElse(sampler, Sampler.DDIM);
    recurse = requireNonNullElse(recurse, 0);
    clip = requireNonNullElse(clip, true);
    if (recurse < 0) {
      throw new UserException("objective.recurse is " + recurse + "; 0 or more expected");
    }
  }

  /**
   * Makes sure that so many evaluations of the network can be taken.
   *
   * @param times how many times there are to go back through
   * @throws UserException if they cannot
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

  /** How often the whole way is gone. */
  public int passes() {
    return recurse + 1;
  }
}
