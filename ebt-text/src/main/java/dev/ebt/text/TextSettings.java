package dev.ebt.text;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.error.SettingException;
import dev.ebt.plugin.PartSettings;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the text modality.
 *
 * @param length number of context tokens of a window, and of tokens that it predicts
 * @param tokenizer the tokenizer
 * @param initial the candidate before the first thinking step
 * @param scale standard deviation of the initial noise (1); null if the initial candidate is zeros
 * @param embedding how the probabilities p of a candidate are embedded
 * @param temperature τ: the energy is E − τH(p), a free energy, with H the entropy of p; 0 for E
 *     alone, as published. Not with {@code thinking.updateRule} {@code model-input}
 */
public record TextSettings(
    Integer length,
    PartSettings tokenizer,
    Initial initial,
    @Nullable Double scale,
    CandidateEmbedding embedding,
    Double temperature) {

  /** The embedding of the probabilities p of a candidate. */
  public enum CandidateEmbedding {
    /** p·Wᵖ, a separate matrix. */
    @JsonProperty("projection")
    PROJECTION,
    /** p·We, the mean of the token embeddings: halves the parameters outside the model. */
    @JsonProperty("tied")
    TIED
  }

  /** Creates settings with default embedding and temperature. */
  public TextSettings(
      Integer length,
      @Nullable PartSettings tokenizer,
      @Nullable Initial initial,
      @Nullable Double scale) {
    this(length, tokenizer, initial, scale, null, null);
  }

  /** Logits before the first thinking step. */
  public enum Initial {
    /** Independent normal samples. */
    @JsonProperty("noise")
    NOISE,
    /** All 0: every token equally likely. */
    @JsonProperty("zeros")
    ZEROS
  }

  /** The maximum window length; the cost of attention grows with its square. */
  private static final int LONGEST = 1 << 15;

  /** Fills in defaults and rejects invalid values. */
  public TextSettings(
      @Nullable Integer length,
      @Nullable PartSettings tokenizer,
      @Nullable Initial initial,
      @Nullable Double scale,
      @Nullable CandidateEmbedding embedding,
      @Nullable Double temperature) {
    length = requireNonNullElse(length, 128);
    tokenizer = requireNonNullElse(tokenizer, PartSettings.of("bytes"));
    initial = requireNonNullElse(initial, Initial.NOISE);
    embedding = requireNonNullElse(embedding, CandidateEmbedding.PROJECTION);
    temperature = requireNonNullElse(temperature, 0.0);
    if (!(temperature >= 0) || temperature.isInfinite()) {
      throw new SettingException(
          "modality.temperature", "is " + temperature + "; 0 or more expected");
    }
    if (length < 1 || length > LONGEST) {
      throw new SettingException(
          "modality.length", "is " + length + "; 1 to " + LONGEST + " expected");
    }
    if (initial == Initial.NOISE) {
      scale = requireNonNullElse(scale, 1.0);
      if (!(scale >= 0) || scale.isInfinite()) {
        throw new SettingException("modality.scale", "is " + scale + "; 0 or more expected");
      }
    } else if (scale != null && scale != 1.0) {
      throw new SettingException(
          "modality.scale",
          String.format(
              Locale.ROOT,
              "is %s, but modality.initial is not noise, so this has no"
                  + " effect; remove it (modality.scale=null), or set modality.initial=noise",
              scale));
    } else {
      scale = null;
    }
    this.length = length;
    this.tokenizer = tokenizer;
    this.initial = initial;
    this.scale = scale;
    this.embedding = embedding;
    this.temperature = temperature;
  }
}
