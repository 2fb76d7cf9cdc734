package dev.ebt.diffusion;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.error.FormerName;
import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The settings of sampling from a diffusion model; defaults in parentheses.
 *
 * @param sampler the kind of reverse step (ddim)
 * @param restarts number of additional passes, each from the initial time with the previous result
 *     as the noisy candidate (0; the published code uses 2)
 * @param clip whether the predicted clean candidate is clipped to [−1, 1] (true)
 */
public record SamplerSettings(
    Sampler sampler, @FormerName("recurse") Integer restarts, Boolean clip) {

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
  public SamplerSettings(
      @Nullable Sampler sampler, @Nullable Integer restarts, @Nullable Boolean clip) {
    sampler = requireNonNullElse(sampler, Sampler.DDIM);
    restarts = requireNonNullElse(restarts, 0);
    clip = requireNonNullElse(clip, true);
    if (restarts < 0) {
      throw new SettingException("objective.restarts", "is " + restarts + "; 0 or more expected");
    }
    this.sampler = sampler;
    this.restarts = restarts;
    this.clip = clip;
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
              "%d steps of diffusion cannot be shared evenly by the %d passes of objective.restarts %d; for instance %d",
              steps,
              passes(),
              restarts,
              (steps / passes() + 1) * passes()));
    }
  }

  /** Returns the number of passes through the reverse process. */
  public int passes() {
    return restarts + 1;
  }
}
