package dev.ebt.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.nn.ParameterSpec;

/**
 * Whose way is taken where the published code does what its authors would hardly want, and no other
 * setting tells the two apart. What it does, and how to get the rest of it: {@code
 * docs/published.md}.
 */
public enum Compatibility {
  /** The sensible way. */
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
  },
  /**
   * What the published code does: one floor of learning rates for all groups, a cosine that climbs
   * again past its horizon, weight decay on all but α, and no learning of parameters that have
   * "alpha" in their names, which its search for α takes out by mistake.
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
  };

  private static final String ALPHA = "alpha";

  /** Whether a parameter moves at all. */
  abstract boolean learns(ParameterSpec spec);

  /** Whether weight decay pulls a parameter to zero. */
  abstract boolean decays(ParameterSpec spec);

  private static boolean stepSize(ParameterSpec spec) {
    return spec.name().equals(ALPHA);
  }
}
