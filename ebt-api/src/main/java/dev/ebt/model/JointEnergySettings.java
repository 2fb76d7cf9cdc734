package dev.ebt.model;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.energy.CarriedOverSetting;
import dev.ebt.energy.DefaultLearningRate;
import dev.ebt.error.SettingException;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an energy of several positions together.
 *
 * @param size preset of layers, heads and width: 4xs, 3xs, xxs, xs, small, medium, large, xl as
 *     published; tiny and mini of this project
 * @param layers number of blocks; overrides the size
 * @param heads number of attention heads; overrides the size
 * @param width of the stream between blocks; overrides the size
 * @param feedForward width of the gated feed-forward layer as a multiple of {@code width} (1)
 * @param energyScale positive factor of the model's energy, but not of a term that the modality
 *     adds to it, such as an entropy: the larger the factor, the less that term counts when
 *     training begins (1)
 * @param conditioning of the energy on the landscape (none): with {@code time_embed} each of {@code
 *     thinking.landscapes} has a learned vector
 */
public record JointEnergySettings(
    @CarriedOverSetting @Nullable String size,
    @CarriedOverSetting Integer layers,
    @CarriedOverSetting Integer heads,
    @CarriedOverSetting Integer width,
    @CarriedOverSetting Double feedForward,
    Double energyScale,
    Conditioning conditioning)
    implements DefaultLearningRate {

  /** The conditioning of an energy on the landscape. */
  public enum Conditioning {
    /** None: one landscape for all steps. */
    @JsonProperty("none")
    NONE,
    /** A learned vector per landscape is added to the context of each position. */
    @JsonProperty("time_embed")
    TIME_EMBED
  }

  /** Fills in the preset's sizes and rejects invalid values. */
  @SuppressWarnings("NullAway") // A size that is null is that of the preset.
  public JointEnergySettings(
      @Nullable String size,
      @Nullable Integer layers,
      @Nullable Integer heads,
      @Nullable Integer width,
      @Nullable Double feedForward,
      @Nullable Double energyScale,
      @Nullable Conditioning conditioning) {
    JointSettings sizes = new JointSettings(size, layers, heads, width, feedForward);
    this.size = size;
    this.layers = sizes.layers();
    this.heads = sizes.heads();
    this.width = sizes.width();
    this.feedForward = sizes.feedForward();
    this.energyScale = requireNonNullElse(energyScale, 1.0);
    this.conditioning = requireNonNullElse(conditioning, Conditioning.NONE);
    if (!(this.energyScale > 0) || this.energyScale.isInfinite()) {
      throw SettingException.of("model.energyScale", this.energyScale, "a positive number");
    }
  }

  /** Returns the sizes. */
  JointSettings sizes() {
    return new JointSettings(size, layers, heads, width, feedForward);
  }

  @Override
  public double suitableRate() {
    return sizes().suitableRate();
  }
}
