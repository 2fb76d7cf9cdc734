package dev.ebt.vision;

import static java.util.Objects.requireNonNullElse;
import static java.util.stream.Collectors.joining;

import dev.ebt.error.PathSetting;
import dev.ebt.error.UserException;
import dev.ebt.plugin.ProgressListener;
import dev.ebt.vision.image.Image;
import dev.ebt.vision.image.ImageSource;
import dev.ebt.vision.image.ImageStore;
import dev.ebt.vision.image.LoadedImages;
import dev.ebt.vision.procedural.ShapesOnBackgrounds;
import dev.ebt.vision.procedural.SingleShapes;
import java.util.List;
import java.util.Locale;

/** Factory methods for the datasets of this plugin. */
final class Datasets {
  private Datasets() {}

  /** Creates a dataset of built-in images. */
  static ImageDataset shapes(ProceduralImageSettings data, ImageModality modality, long seed) {
    int channels = modality.space().channels();
    int side = modality.space().size();
    ImageSource training = ShapesOnBackgrounds.training(data.images(), channels, side, data.seed());
    checkAsked(modality, training, "dataset 'shapes'");
    return new ImageDataset(
        String.format(
            Locale.ROOT,
            "built-in shapes, gradients and textures: %,d images for training, %,d for"
                + " validation%s",
            data.images(),
            data.validationImages(),
            form(modality)),
        String.format(Locale.ROOT, "shapes %d %s", ShapesOnBackgrounds.VERSION, data),
        training,
        ShapesOnBackgrounds.validation(data.validationImages(), channels, side, data.seed()),
        modality,
        seed,
        () -> {});
  }

  /** Creates a dataset of built-in images of one shape each. */
  static ImageDataset single(ProceduralImageSettings data, ImageModality modality, long seed) {
    int channels = modality.space().channels();
    int side = modality.space().size();
    ImageSource training = SingleShapes.training(data.images(), channels, side, data.seed());
    checkAsked(modality, training, "dataset 'single-shapes'");
    return new ImageDataset(
        String.format(
            Locale.ROOT,
            "built-in images of one shape each: %,d for training, %,d for validation, of %d"
                + " classes%s",
            data.images(),
            data.validationImages(),
            training.classes().size(),
            form(modality)),
        String.format(Locale.ROOT, "single shapes %d %s", SingleShapes.VERSION, data),
        training,
        SingleShapes.validation(data.validationImages(), channels, side, data.seed()),
        modality,
        seed,
        () -> {});
  }

  /**
   * Creates a dataset of a user's own images, split by content, so that equal images are on the
   * same side. A validation set provided by the makers of the data is kept, unless a share is set.
   */
  static ImageDataset own(
      ImageDatasetSettings data,
      ImageModality modality,
      long seed,
      ImageStore store,
      ProgressListener progress) {
    try {
      return own(data, modality, seed, store, read(data, modality, store, progress));
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private static LoadedImages read(
      ImageDatasetSettings data,
      ImageModality modality,
      ImageStore store,
      ProgressListener progress) {
    String file = data.vectors();
    if (file == null) {
      return images(data, store, progress);
    }
    if (!(modality instanceof ImageGeneration generation)
        || generation.settings().conditionDimension() == 0) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "data.vectors is %s, but modality '%s' is not conditioned on vectors; set"
                  + " modality.conditionDimension to their length",
              file,
              ImageGeneration.NAME));
    }
    // Read first: most mistakes are in this file, and reading images takes longer.
    ConditionVectors vectors =
        ConditionVectors.read(
            "data.vectors",
            PathSetting.of("data.vectors", file),
            generation.settings().conditionDimension());
    return vectors.with(images(data, store, progress), data.path());
  }

  private static LoadedImages images(
      ImageDatasetSettings data, ImageStore store, ProgressListener progress) {
    boolean pooled = data.validation() != null;
    return LoadedImages.read(
        PathSetting.of("data.path", data.path()),
        pooled,
        store,
        data.maximumUnreadable(),
        progress);
  }

  private static ImageDataset own(
      ImageDatasetSettings data,
      ImageModality modality,
      long seed,
      ImageStore store,
      LoadedImages read) {
    Double share = data.validation();
    ImageSplit split =
        share == null && !read.setApart().isEmpty()
            ? ImageSplit.asMade(read)
            : ImageSplit.byContent(read, requireNonNullElse(share, 0.1), data.path());
    int trainingCount = split.training().size();
    int validationCount = split.validation().size();
    ImageSource training = ImageSource.of(split.training(), read.classes());
    ImageSource validation = ImageSource.of(split.validation(), read.classes());
    checkAsked(modality, training, data.path());
    checkAsked(modality, validation, data.path());
    int same = read.images().size() + read.setApart().size() - trainingCount - validationCount;
    return new ImageDataset(
        String.format(
            Locale.ROOT,
            "%s: %,d image%s for training, %,d for validation%s%s%s%s%s%s",
            data.path(),
            trainingCount,
            trainingCount == 1 ? "" : "s",
            validationCount,
            read.classes().isEmpty()
                ? ""
                : String.format(Locale.ROOT, ", of %d classes", read.classes().size()),
            form(modality),
            same == 0 ? "" : String.format(Locale.ROOT, "; %,d duplicates removed", same),
            read.skipped().isEmpty()
                ? ""
                : String.format(
                    Locale.ROOT, "; %,d skipped: %s", read.skipped().size(), read.complaints()),
            read.remarks().stream().map(remark -> "; " + remark).collect(joining()),
            store.place("; ")),
        data.vectors() == null
            ? split.content()
            : String.format(
                Locale.ROOT,
                "%s with vectors from %s %s",
                split.content(),
                ConditionVectors.content(split.training()),
                ConditionVectors.content(split.validation())),
        training,
        validation,
        modality,
        seed,
        store::close);
  }

  /** Describes sizes, the range of values and the task. */
  private static String form(ImageModality modality) {
    ImageSpec space = modality.space();
    return String.format(
        Locale.ROOT,
        "; %dx%d, %s, values -1 to 1%s",
        space.size(),
        space.size(),
        space.channels() == 1 ? "grey" : "colour",
        modality.task());
  }

  /**
   * Checks that the images have the condition that the modality needs: vectors, or labels of
   * exactly as many classes.
   *
   * @throws UserException if the numbers of classes differ, or vectors or labels are missing
   */
  private static void checkAsked(ImageModality modality, ImageSource images, String data) {
    if (!(modality instanceof ImageGeneration generation)) {
      return;
    }
    int length = generation.settings().conditionDimension();
    if (length > 0 && images.size() > 0 && images.vector(0) == null) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "modality.conditionDimension is %d, but the images of %s have no vectors; use a folder"
                  + " of images with data.vectors=FILE.safetensors",
              length,
              data));
    }
    int asked = generation.settings().classes();
    if (asked == 0) {
      return;
    }
    List<String> classes = images.classes();
    if (classes.isEmpty()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "modality.classes is %d, but the images of %s have no labels; set it to 0, or use data with labels, such as MNIST with its label files",
              asked,
              data));
    }
    if (classes.size() != asked) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "modality.classes is %d, but %s has %d classes: %s",
              asked,
              data,
              classes.size(),
              String.join(", ", classes)));
    }
    for (int i = 0; i < images.size(); i++) {
      if (images.label(i) == Image.UNKNOWN) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "some images of %s have no label; add labels, or set modality.classes=0",
                data));
      }
    }
  }
}
