package dev.ebt.diffusion;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.error.UserException;

/**
 * How candidates are drawn from a model, backwards in time.
 *
 * @param sampler what a move is (ddim)
 * @param recurse how many times the result goes the whole way again, from the beginning of time as
 *     if it were noisy (0; the published code takes 2)
 * @param clip whether what a candidate would be without noise is kept from −1 to 1 (true)
 */
public record Sampling(Sampler sampler, Integer recurse, Boolean clip) {

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
  public Sampling {
    sampler = requireNonNullElse(sampler, Sampler.DDIM);
    recurse = requireNonNullElse(recurse, 0);
    clip = requireNonNullElse(clip, true);
    if (recurse < 0) {
      throw new UserException("objective.recurse is " + recurse + "; 0 or more expected");
    }
  }

  /** How often the whole way is gone. */
  public int passes() {
    return recurse + 1;
  }
}
