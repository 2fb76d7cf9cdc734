package dev.ebt.model;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.energy.CarriedOverSetting;
import dev.ebt.energy.DefaultLearningRate;
import dev.ebt.error.SettingException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The sizes of a bidirectional transformer.
 *
 * @param size preset of layers, heads and width: 4xs, 3xs, xxs, xs, small, medium, large, xl as
 *     published; tiny and mini of this project
 * @param layers number of blocks; overrides the size
 * @param heads number of attention heads; overrides the size
 * @param width of the stream between blocks; overrides the size
 * @param feedForward width of the feed-forward layer as a multiple of {@code width} (1, as
 *     published for images)
 */
public record BidirectionalSettings(
    @CarriedOverSetting @Nullable String size,
    @CarriedOverSetting Integer layers,
    @CarriedOverSetting Integer heads,
    @CarriedOverSetting Integer width,
    @CarriedOverSetting Double feedForward)
    implements DefaultLearningRate {

  /** Fills in the preset's sizes and rejects invalid ones. */
  public BidirectionalSettings {
    Size named = Size.named(size);
    layers = requireNonNullElse(layers, named.layers());
    heads = requireNonNullElse(heads, named.heads());
    width = requireNonNullElse(width, named.width());
    feedForward = requireNonNullElse(feedForward, 1.0);
    TransformerSettings.check(layers, heads, width);
    if (width % heads != 0) {
      throw new SettingException(
          "model.width",
          String.format(
              Locale.ROOT,
              "%d is not divisible by model.heads %d; for instance width %d",
              width,
              heads,
              (width / heads + 1) * heads));
    }
    if (width % 4 != 0) {
      throw new SettingException(
          "model.width",
          String.format(
              Locale.ROOT, "%d is not divisible by 4, as positions in two dimensions need", width));
    }
    if (!(feedForward * width >= 1)) {
      throw new SettingException(
          "model.feedForward", "is " + feedForward + "; more than 0 expected");
    }
  }

  /**
   * Returns the rate for the actual layers and width, whatever the preset: see {@link
   * LearningRate}.
   */
  @Override
  public double suitableRate() {
    return LearningRate.of(layers, width);
  }

  /** Returns the width of the feed-forward layer: ⌊width · feedForward⌋. */
  int hidden() {
    return (int) (width * feedForward);
  }

  /** Returns the width of one head. */
  int headSize() {
    return width / heads;
  }
}
