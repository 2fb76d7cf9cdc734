package dev.ebt.vision;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.FormerName;
import dev.ebt.error.PathSetting;
import dev.ebt.error.SettingException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a user's own images.
 *
 * @param path a folder of PNG, JPEG, WebP, TIFF, BMP or GIF, at any depth; or IDX files (MNIST) or
 *     CIFAR-10 batches, one or a folder of them. The centre square of each image is resized to the
 *     modality's size
 * @param validation the share for validation: more than 0, up to 1 (all); by default the split that
 *     the makers of a collection provide, such as folders train and val, or 0.1
 * @param maximumUnreadable the share of files that may be unreadable; more of them stop the run
 * @param vectors a {@code .safetensors} file with a condition vector for each image of a folder,
 *     see {@link ConditionVectors}; of equal images the first one's vector counts
 */
public record ImageDatasetSettings(
    String path,
    @Nullable Double validation,
    @FormerName("skip") Double maximumUnreadable,
    @Nullable String vectors) {

  /** Fills in defaults and refuses invalid values. */
  public ImageDatasetSettings {
    if (path == null || path.isBlank()) {
      throw new SettingException("data.path", "is missing: set it to a folder of images");
    }
    maximumUnreadable = requireNonNullElse(maximumUnreadable, 0.05);
    if (vectors != null) {
      // Absolute, so that the run finds it from any folder.
      vectors = file("vectors", vectors).toAbsolutePath().normalize().toString();
    }
    if (validation != null && !(validation > 0 && validation <= 1)) {
      throw new SettingException(
          "data.validation", "is " + validation + "; more than 0, up to 1 expected");
    }
    if (!(maximumUnreadable >= 0 && maximumUnreadable <= 1)) {
      throw new SettingException(
          "data.maximumUnreadable", "is " + maximumUnreadable + "; 0 to 1 expected");
    }
  }

  private static Path file(String field, String name) {
    if (name.isBlank()) {
      throw new SettingException("data." + field, "is blank; a .safetensors file expected");
    }
    return PathSetting.of("data." + field, name);
  }
}
