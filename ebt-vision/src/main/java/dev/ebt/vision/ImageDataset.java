package dev.ebt.vision;

import dev.ebt.modality.Dataset;
import dev.ebt.modality.DistributionMetric;
import dev.ebt.modality.Examples;
import dev.ebt.store.Sha256;
import dev.ebt.vision.image.ImageSource;
import dev.ebt.vision.quality.ReferenceImages;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A dataset of training and validation images. */
public final class ImageDataset implements Dataset, AutoCloseable {
  /**
   * The approximate number of rows of an epoch: small collections repeat each image with different
   * noise.
   */
  private static final int EPOCH = 1 << 18;

  private final String description;
  private final String fingerprint;
  private final ImageSource trainingImages;
  private final ImageSource validationImages;
  private final Examples training;
  private final Examples validation;
  private final List<String> classes;
  private final ImageModality modality;
  private @Nullable ReferenceImages real;
  private final Runnable release;

  /**
   * Creates rows of images.
   *
   * @param content identifies the images, for the fingerprint
   * @param release called when the images are no longer needed
   */
  ImageDataset(
      String description,
      String content,
      ImageSource training,
      ImageSource validation,
      ImageModality modality,
      long seed,
      Runnable release) {
    int noises = Math.max(1, EPOCH / Math.max(1, training.size()));
    this.release = release;
    this.trainingImages = training;
    this.validationImages = validation;
    this.description = description;
    this.fingerprint =
        Sha256.of(
            String.format(
                Locale.ROOT,
                "%s; %d noises of seed %d; %s",
                content,
                noises,
                seed,
                modality.settings()));
    this.training = modality.rows(training, noises, seed);
    // A separate seed: else the first noises of training would be those of validation.
    this.validation = modality.rows(validation, 1, ~seed);
    this.classes = List.copyOf(training.classes());
    this.modality = modality;
  }

  private ImageDataset(
      ImageDataset images, Examples training, String description, String fingerprint) {
    this.description = description;
    this.fingerprint = fingerprint;
    this.trainingImages = images.trainingImages;
    this.validationImages = images.validationImages;
    this.training = training;
    this.validation = images.validation;
    this.classes = images.classes;
    this.modality = images.modality;
    this.release = () -> {};
  }

  /**
   * Returns a dataset of other training rows, with these images for validation and as the reference
   * of metrics. It is valid until this is closed.
   */
  public ImageDataset withTraining(Examples rows, String newDescription, String newFingerprint) {
    return new ImageDataset(this, rows, newDescription, newFingerprint);
  }

  /** Returns the names of the classes; empty if there are no labels. */
  public List<String> classes() {
    return classes;
  }

  /** Returns the training images, without noise. */
  public ImageSource trainingImages() {
    return trainingImages;
  }

  /** Returns the validation images, without noise. */
  public ImageSource validationImages() {
    return validationImages;
  }

  @Override
  public void close() {
    release.run();
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

  @Override
  public Optional<String> initialCandidatesHint() {
    return modality instanceof ImageGeneration
        ? Optional.of("./ebt think RUN --pairs FOLDER stores pairs of a trained run")
        : Optional.empty();
  }

  @Override
  public Optional<DistributionMetric> distributionMetric() {
    if (trainingImages.size() == 0) {
      return Optional.empty();
    }
    if (real == null) {
      real =
          new ReferenceImages(trainingImages, modality.space().channels(), modality.space().size());
    }
    return Optional.of(modality.distributionMetric(real));
  }
}
