package dev.ebt.vision.encoder;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.tensor.Shape;

/**
 * Settings of an autoencoder to train; the modality has the others.
 *
 * @param width hidden units per patch
 * @param hidden hidden units per frame
 */
public record AutoencoderSettings(Integer width, Integer hidden) {
  /** Fills in defaults and refuses invalid values. */
  public AutoencoderSettings {
    width = positive("width", requireNonNullElse(width, 32));
    hidden = positive("hidden", requireNonNullElse(hidden, 512));
  }

  /** Returns the autoencoder of frames of this shape, [channels, height, width]. */
  public AutoencoderNetwork autoencoder(Shape frame, int patch, int latents) {
    return new AutoencoderNetwork(frame, patch, width, hidden, latents);
  }

  private static int positive(String name, int value) {
    if (value < 1) {
      throw new SettingException("model." + name, "is " + value + "; at least 1 expected");
    }
    return value;
  }
}
