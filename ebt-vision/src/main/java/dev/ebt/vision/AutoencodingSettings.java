package dev.ebt.vision;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.vision.ImageSpec.Loss;
import java.util.Locale;

/**
 * Settings of reconstruction.
 *
 * @param size width and height of a frame in pixels
 * @param channels 3 for colour, 1 for grey
 * @param patch width and height of the patches that a model sees
 * @param latents the number of latents that represent a frame
 * @param loss the loss between a frame and the true one
 */
public record AutoencodingSettings(
    Integer size, Integer channels, Integer patch, Integer latents, Loss loss) {

  /** Fills in defaults and refuses invalid values. */
  public AutoencodingSettings {
    size = requireNonNullElse(size, 16);
    channels = requireNonNullElse(channels, 3);
    patch = requireNonNullElse(patch, 4);
    latents = requireNonNullElse(latents, 64);
    loss = requireNonNullElse(loss, Loss.MSE);
    int values = new ImageSpec(size, channels, patch).shape().elements();
    if (latents < 1 || latents > values) {
      throw new SettingException(
          "modality.latents",
          String.format(
              Locale.ROOT, "is %d; 1 to %d, the values of a frame, expected", latents, values));
    }
  }

  /** Returns the space of frames. */
  ImageSpec space() {
    return new ImageSpec(size, channels, patch);
  }
}
