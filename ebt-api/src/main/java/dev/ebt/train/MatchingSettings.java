package dev.ebt.train;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.error.SettingException;
import dev.ebt.error.TrainingOnly;
import org.jspecify.annotations.Nullable;

/**
 * The settings of equilibrium matching; defaults in parentheses.
 *
 * @param multiplier λ, the length of the gradient relative to ε − y* at and before {@code
 *     decayFrom} (4)
 * @param decayFrom a, the share of the target in a candidate from which on the gradient falls to 0,
 *     from 0 to below 1 (0.8)
 * @param noiseShare the share of rows at γ = 0, where the candidate is the initial one (0.05)
 * @param targetShare the share of rows at γ = 1, where the candidate is the target (0.05)
 * @param pairing {@code random}, or {@code optimal}: within a batch, the rows of one context are
 *     assigned to the initial candidates so that the sum of squared distances is the lowest
 *     (random)
 * @param steps the number of thinking steps of a prediction after training (50)
 */
public record MatchingSettings(
    @TrainingOnly Double multiplier,
    @TrainingOnly Double decayFrom,
    @TrainingOnly Double noiseShare,
    @TrainingOnly Double targetShare,
    @TrainingOnly Pairing pairing,
    Integer steps) {

  /** The pairing of initial candidates and targets. */
  public enum Pairing {
    /** As they come. */
    @JsonProperty("random")
    RANDOM,
    /** With the lowest sum of squared distances among the rows of one context. */
    @JsonProperty("optimal")
    OPTIMAL
  }

  /** Fills in defaults and rejects invalid values. */
  public MatchingSettings(
      @Nullable Double multiplier,
      @Nullable Double decayFrom,
      @Nullable Double noiseShare,
      @Nullable Double targetShare,
      @Nullable Pairing pairing,
      @Nullable Integer steps) {
    this.multiplier = requireNonNullElse(multiplier, 4.0);
    this.decayFrom = requireNonNullElse(decayFrom, 0.8);
    this.noiseShare = requireNonNullElse(noiseShare, 0.05);
    this.targetShare = requireNonNullElse(targetShare, 0.05);
    this.pairing = requireNonNullElse(pairing, Pairing.RANDOM);
    this.steps = requireNonNullElse(steps, 50);
    if (!(this.multiplier > 0) || this.multiplier.isInfinite()) {
      throw SettingException.of("objective.multiplier", this.multiplier, "a positive number");
    }
    if (!(this.decayFrom >= 0 && this.decayFrom < 1)) {
      throw SettingException.of("objective.decayFrom", this.decayFrom, "0 or more, below 1");
    }
    share("noiseShare", this.noiseShare);
    share("targetShare", this.targetShare);
    if (this.noiseShare + this.targetShare > 1) {
      throw SettingException.of(
          "objective.targetShare", this.targetShare, "at most 1 − objective.noiseShare");
    }
    if (this.steps < 1) {
      throw SettingException.of("objective.steps", this.steps, "at least 1");
    }
  }

  /** Returns the default settings. */
  public static MatchingSettings defaults() {
    return new MatchingSettings(null, null, null, null, null, null);
  }

  private static void share(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw SettingException.of("objective." + name, value, "from 0 to 1");
    }
  }
}
