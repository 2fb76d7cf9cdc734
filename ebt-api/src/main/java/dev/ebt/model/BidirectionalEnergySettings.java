package dev.ebt.model;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.energy.CarriedOverSetting;
import dev.ebt.energy.DefaultLearningRate;
import dev.ebt.error.SettingException;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a bidirectional Energy-Based Transformer.
 *
 * @param size preset of layers, heads and width: 4xs, 3xs, xxs, xs, small, medium, large, xl as
 *     published; tiny and mini of this project
 * @param layers number of blocks; overrides the size
 * @param heads number of attention heads; overrides the size
 * @param width of the stream between blocks; overrides the size
 * @param feedForward width of the feed-forward layer as a multiple of {@code width} (1, as
 *     published for images)
 * @param head {@code mean}: the energy is the mean of one number per patch, as published; {@code
 *     dot}: the inner product of the candidate's embedding and the output (mean)
 * @param energyScale factor of the energy: gradients that are learned directly need energies of
 *     their order, as in objective matching (1)
 */
public record BidirectionalEnergySettings(
    @CarriedOverSetting @Nullable String size,
    @CarriedOverSetting Integer layers,
    @CarriedOverSetting Integer heads,
    @CarriedOverSetting Integer width,
    @CarriedOverSetting Double feedForward,
    EnergyHead head,
    Double energyScale)
    implements DefaultLearningRate {

  /** Fills in the preset's sizes and rejects invalid ones. */
  @SuppressWarnings("NullAway") // A size that is null is that of the preset.
  public BidirectionalEnergySettings(
      @Nullable String size,
      @Nullable Integer layers,
      @Nullable Integer heads,
      @Nullable Integer width,
      @Nullable Double feedForward,
      @Nullable EnergyHead head,
      @Nullable Double energyScale) {
    BidirectionalSettings sizes =
        new BidirectionalSettings(size, layers, heads, width, feedForward);
    this.size = size;
    this.layers = sizes.layers();
    this.heads = sizes.heads();
    this.width = sizes.width();
    this.feedForward = sizes.feedForward();
    this.head = requireNonNullElse(head, EnergyHead.MEAN);
    this.energyScale = requireNonNullElse(energyScale, 1.0);
    if (!(this.energyScale > 0) || this.energyScale.isInfinite()) {
      throw SettingException.of("model.energyScale", this.energyScale, "a positive number");
    }
  }

  /** Returns the sizes. */
  BidirectionalSettings sizes() {
    return new BidirectionalSettings(size, layers, heads, width, feedForward);
  }

  @Override
  public double suitableRate() {
    return sizes().suitableRate();
  }
}
