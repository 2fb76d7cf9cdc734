package dev.ebt.vision;

import dev.ebt.modality.Dataset;
import dev.ebt.modality.Examples;
import dev.ebt.store.Sha256;
import dev.ebt.vision.picture.Pictures;

/** Pictures to learn denoising from, and others to be judged by. */
final class PictureDataset implements Dataset {
  /** Rows of an epoch, about: small collections are seen with so many different noises. */
  private static final int EPOCH = 1 << 18;

  private final String description;
  private final String fingerprint;
  private final Examples training;
  private final Examples validation;

  /**
   * Makes rows of pictures.
   *
   * @param content what decides the pictures, for the fingerprint
   */
  PictureDataset(
      String description,
      String content,
      Pictures training,
      Pictures validation,
      ImageDenoising modality,
      long seed) {
    DenoisingSettings settings = modality.settings();
    int noises = Math.max(1, EPOCH / Math.max(1, training.size()));
    this.description = description;
    this.fingerprint =
        Sha256.of("%s; %d noises of seed %d; %s".formatted(content, noises, seed, settings));
    this.training = new NoisyPictures(training, noises, settings, seed);
    // A seed of its own: else the first noises of training would be those of validation.
    this.validation = new NoisyPictures(validation, 1, settings, ~seed);
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public Examples training() {
    return training;
  }

  @Override
  public Examples validation() {
    return validation;
  }
}
