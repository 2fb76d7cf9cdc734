package dev.ebt.text;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.error.UserException;
import dev.ebt.plugin.PartSettings;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the text modality.
 *
 * @param length tokens that a window observes, and as many that it predicts
 * @param tokenizer text as numbers
 * @param initial where thinking begins
 * @param scale standard deviation of the initial noise (1); null where thinking begins at zeros
 * @param embedding how a model sees the probabilities p of a candidate
 * @param temperature τ: the energy is E − τH(p), a free energy, with H the entropy of p; 0 for E
 *     alone, as published. Not with {@code thinking.move} {@code digested}
 */
public record TextSettings(
    Integer length,
    PartSettings tokenizer,
    Initial initial,
    @Nullable Double scale,
    CandidateEmbedding embedding,
    Double temperature) {

  /** How a model sees the probabilities p of a candidate. */
  public enum CandidateEmbedding {
    /** p·Wᵖ, a map of its own. */
    @JsonProperty("projection")
    PROJECTION,
    /** p·We, the mean of the tokens' own embeddings: half of the parameters around the model. */
    @JsonProperty("tied")
    TIED
  }

  /** With a map of its own for candidates. */
  public TextSettings(
      Integer length, PartSettings tokenizer, Initial initial, @Nullable Double scale) {
    this(length, tokenizer, initial, scale, null, null);
  }

  /** Logits before the first thinking step. */
  public enum Initial {
    /** Independent normal numbers. */
    @JsonProperty("noise")
    NOISE,
    /** All 0: every token alike. */
    @JsonProperty("zeros")
    ZEROS
  }

  /** Attention needs the square of a window's length. */
  private static final int LONGEST = 1 << 15;

  /** Fills in defaults and refuses what has no meaning. */
  public TextSettings {
    length = requireNonNullElse(length, 128);
    tokenizer = requireNonNullElse(tokenizer, PartSettings.of("bytes"));
    initial = requireNonNullElse(initial, Initial.NOISE);
    embedding = requireNonNullElse(embedding, CandidateEmbedding.PROJECTION);
    temperature = requireNonNullElse(temperature, 0.0);
    if (!(temperature >= 0) || temperature.isInfinite()) {
      throw new UserException("modality.temperature is " + temperature + "; 0 or more expected");
    }
    if (length < 1 || length > LONGEST) {
      throw new UserException("modality.length is " + length + "; 1 to " + LONGEST + " expected");
    }
    if (initial == Initial.NOISE) {
      scale = requireNonNullElse(scale, 1.0);
      if (!(scale >= 0) || scale.isInfinite()) {
        throw new UserException("modality.scale is " + scale + "; 0 or more expected");
      }
    } else if (scale != null && scale != 1.0) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "modality.scale is %s, but modality.initial is not noise, so that it has no effect; leave it out (modality.scale=null), or begin at noise",
              scale));
    } else {
      scale = null;
    }
  }
}
