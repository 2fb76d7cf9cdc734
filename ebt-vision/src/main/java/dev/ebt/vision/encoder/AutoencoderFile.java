package dev.ebt.vision.encoder;

import dev.ebt.error.UserException;
import dev.ebt.plugin.HasArtifacts;

/**
 * Settings of a trained autoencoder.
 *
 * @param path of a run that trained it, or of a {@code .safetensors} file with the weights that
 *     {@link Autoencoder} lists
 */
public record AutoencoderFile(String path) {
  /** Where a run keeps the weights. */
  static final String KEPT = HasArtifacts.FOLDER + "encoder.safetensors";

  /** Refuses what has no meaning. */
  public AutoencoderFile {
    if (path == null || path.isBlank()) {
      throw new UserException(
          "modality.encoder.path is missing: name a run that './ebt train --recipe autoencoder'"
              + " made, or a .safetensors file");
    }
  }
}
