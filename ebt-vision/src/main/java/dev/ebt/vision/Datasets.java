package dev.ebt.vision;

import static java.util.stream.Collectors.joining;

import dev.ebt.error.UserException;
import dev.ebt.store.Sha256;
import dev.ebt.vision.picture.PictureFolder;
import dev.ebt.vision.picture.Pictures;
import dev.ebt.vision.procedural.ProceduralPictures;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

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
            noise(modality)),
        "shapes %d %s".formatted(ProceduralPictures.VERSION, data),
        ProceduralPictures.training(data.pictures(), channels, side, data.seed()),
        ProceduralPictures.validation(data.validationPictures(), channels, side, data.seed()),
        modality,
        seed);
  }

  /** A user's own pictures, split by what is in them: equal pictures are on one side. */
  static PictureDataset folder(FolderData data, ImageDenoising modality, long seed) {
    int channels = modality.settings().channels();
    int side = modality.settings().size();
    PictureFolder read = PictureFolder.read(path(data.path()), channels, side, data.skip());
    Map<String, byte[]> different = new TreeMap<>();
    read.planes().forEach(planes -> different.put(Sha256.of(planes), planes));
    List<byte[]> all = List.copyOf(different.values());
    int judged = (int) Math.max(1, Math.round(data.validation() * all.size()));
    if (judged == all.size() && data.validation() < 1) {
      throw new UserException(
          "%s has %d different picture%s: too few to learn from some and be judged by others"
              .formatted(data.path(), all.size(), all.size() == 1 ? "" : "s"));
    }
    int same = read.planes().size() - all.size();
    return new PictureDataset(
        String.format(
            Locale.ROOT,
            "%s: %,d pictures to learn from, %,d to be judged by%s%s%s",
            data.path(),
            all.size() - judged,
            judged,
            noise(modality),
            same == 0 ? "" : ", %,d left out as copies of others".formatted(same),
            read.skipped().isEmpty()
                ? ""
                : ", %,d skipped as unreadable: %s"
                    .formatted(read.skipped().size(), read.complaints())),
        different.keySet().stream().collect(joining(" ")) + " " + judged,
        Pictures.of(all.subList(judged, all.size())),
        Pictures.of(all.subList(0, judged)),
        modality,
        seed);
  }

  private static String noise(ImageDenoising modality) {
    DenoisingSettings settings = modality.settings();
    String upTo = settings.noise().toString();
    return ", noise "
        + (settings.leastNoise() == null ? upTo : settings.leastNoise() + " to " + upTo);
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new UserException("'" + name + "' is no path: " + e.getReason(), e);
    }
  }
}
