package dev.ebt.model;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.energy.CarriedOverSetting;
import dev.ebt.energy.DefaultLearningRate;
import org.jspecify.annotations.Nullable;

/**
 * The sizes of a transformer in which all positions attend to each other.
 *
 * @param size preset of layers, heads and width: 4xs, 3xs, xxs, xs, small, medium, large, xl as
 *     published; tiny and mini of this project
 * @param layers number of blocks; overrides the size
 * @param heads number of attention heads; overrides the size
 * @param width of the stream between blocks; overrides the size
 * @param feedForward width of the gated feed-forward layer as a multiple of {@code width} (1)
 */
public record JointSettings(
    @CarriedOverSetting @Nullable String size,
    @CarriedOverSetting Integer layers,
    @CarriedOverSetting Integer heads,
    @CarriedOverSetting Integer width,
    @CarriedOverSetting Double feedForward)
    implements DefaultLearningRate {

  /** Fills in the preset's sizes and rejects invalid ones. */
  @SuppressWarnings("NullAway") // A size that is null is that of the preset.
  public JointSettings(
      @Nullable String size,
      @Nullable Integer layers,
      @Nullable Integer heads,
      @Nullable Integer width,
      @Nullable Double feedForward) {
    TransformerSettings blocks = blocks(size, layers, heads, width, feedForward);
    this.size = size;
    this.layers = blocks.layers();
    this.heads = blocks.heads();
    this.width = blocks.width();
    this.feedForward = blocks.feedForward();
  }

  /** Returns the settings of the blocks: pre-norm with RMSNorm, SiLU gates. */
  TransformerSettings blocks() {
    return blocks(size, layers, heads, width, feedForward);
  }

  private static TransformerSettings blocks(
      @Nullable String size,
      @Nullable Integer layers,
      @Nullable Integer heads,
      @Nullable Integer width,
      @Nullable Double feedForward) {
    return new TransformerSettings(
        size,
        layers,
        heads,
        width,
        requireNonNullElse(feedForward, 1.0),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @Override
  public double suitableRate() {
    return blocks().suitableRate();
  }
}
