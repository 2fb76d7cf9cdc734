package dev.ebt.vision;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.UserException;
import dev.ebt.vision.picture.PictureCollection;
import dev.ebt.vision.picture.Pictures;
import dev.ebt.vision.procedural.ProceduralPictures;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** Makes the datasets of this plugin. */
final class Datasets {
  private Datasets() {}

  /** Built-in pictures. */
  static PictureDataset shapes(ShapesData data, ImageDenoising modality, long seed) {
    int channels = modality.settings().channels();
    int side = modality.settings().size();
    return new PictureDataset(
        String.format(
            Locale.ROOT,
            "built-in shapes, gradients and textures: %,d pictures to learn from, %,d to be judged"
                + " by%s",
            data.pictures(),
            data.validationPictures(),
            form(modality)),
        "shapes %d %s".formatted(ProceduralPictures.VERSION, data),
        ProceduralPictures.training(data.pictures(), channels, side, data.seed()),
        ProceduralPictures.validation(data.validationPictures(), channels, side, data.seed()),
        modality,
        seed);
  }

  /**
   * A user's own pictures, split by what is in them: equal pictures are on one side. Those that
   * their makers set apart stay apart, unless a share is asked for.
   */
  static PictureDataset own(PictureData data, ImageDenoising modality, long seed) {
    int channels = modality.settings().channels();
    int side = modality.settings().size();
    PictureCollection read = PictureCollection.read(path(data.path()), channels, side, data.skip());
    Double share = data.validation();
    Split split =
        share == null && !read.setApart().isEmpty()
            ? Split.asMade(read)
            : Split.byContent(read, requireNonNullElse(share, 0.1), data.path());
    int learnt = split.training().size();
    int judged = split.validation().size();
    int same = read.pictures().size() + read.setApart().size() - learnt - judged;
    return new PictureDataset(
        String.format(
            Locale.ROOT,
            "%s: %,d pictures to learn from, %,d to be judged by%s%s%s%s",
            data.path(),
            learnt,
            judged,
            read.kinds().isEmpty() ? "" : ", of %d kinds".formatted(read.kinds().size()),
            form(modality),
            same == 0 ? "" : "; %,d left out as copies of others".formatted(same),
            read.skipped().isEmpty()
                ? ""
                : "; %,d skipped as unreadable: %s"
                    .formatted(read.skipped().size(), read.complaints())),
        split.content(),
        Pictures.of(split.training(), read.kinds()),
        Pictures.of(split.validation(), read.kinds()),
        modality,
        seed);
  }

  /** Sizes, the range of values, and the noise. */
  private static String form(ImageDenoising modality) {
    DenoisingSettings settings = modality.settings();
    return "; %dx%d, %s, values -1 to 1%s"
        .formatted(
            settings.size(),
            settings.size(),
            settings.channels() == 1 ? "grey" : "colour",
            noise(modality));
  }

  private static String noise(ImageDenoising modality) {
    DenoisingSettings settings = modality.settings();
    String upTo = settings.noise().toString();
    return ", noise "
        + (settings.leastNoise() == null || settings.leastNoise().equals(settings.noise())
            ? upTo
            : settings.leastNoise() + " to " + upTo);
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new UserException("'" + name + "' is no path: " + e.getReason(), e);
    }
  }
}
