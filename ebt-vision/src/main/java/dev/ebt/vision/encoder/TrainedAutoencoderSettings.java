package dev.ebt.vision.encoder;

import dev.ebt.error.SettingException;
import dev.ebt.plugin.HasArtifacts;

/**
 * Settings of a trained autoencoder.
 *
 * @param path a run that trained it, or a {@code .safetensors} file with the weights that {@link
 *     AutoencoderNetwork} lists
 */
public record TrainedAutoencoderSettings(String path) {
  /** The file in which a run stores the weights. */
  static final String KEPT = HasArtifacts.FOLDER + "encoder.safetensors";

  /** Refuses invalid values. */
  public TrainedAutoencoderSettings {
    if (path == null || path.isBlank()) {
      throw new SettingException(
          "modality.encoder.path",
          "is missing: name a run that './ebt train --recipe autoencoder'"
              + " made, or a .safetensors file");
    }
  }
}
