package dev.ebt.vision.pairs;

import dev.ebt.error.PathSetting;
import dev.ebt.error.SettingException;
import dev.ebt.plugin.PartSettings;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a dataset of pairs, which are held in memory.
 *
 * @param path the folder that {@code ./ebt think RUN --pairs FOLDER} stored pairs in
 * @param dataset the real images, for validation and for metrics of generated ones; by default
 *     those of the run that drew the pairs
 */
public record PairDatasetSettings(String path, @Nullable PartSettings dataset) {
  /** The name of the dataset. */
  public static final String NAME = "image-pairs";

  /** Refuses a missing path. */
  public PairDatasetSettings {
    if (path == null || path.isBlank()) {
      throw new SettingException(
          "data.path",
          "is missing: set it to a folder of pairs, which ./ebt think RUN --pairs FOLDER makes of a"
              + " run of objective matching");
    }
    // Absolute, so that the run finds it from any folder.
    path = PathSetting.of("data.path", path).toAbsolutePath().normalize().toString();
  }
}
