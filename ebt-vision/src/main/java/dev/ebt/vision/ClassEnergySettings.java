package dev.ebt.vision;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the energy of one class.
 *
 * @param path the folder of a run that generates images of classes, or of an exported model
 * @param label the number of the class, from 0
 * @param checkpoint latest, latest-good, best, or a step (latest)
 */
public record ClassEnergySettings(String path, Integer label, String checkpoint) {
  /** Fills in defaults and rejects missing values. */
  public ClassEnergySettings(
      @Nullable String path, @Nullable Integer label, @Nullable String checkpoint) {
    if (path == null || path.isBlank()) {
      throw new SettingException("path", "is missing; the folder of a run expected");
    }
    if (label == null || label < 0) {
      throw new SettingException(
          "label",
          (label == null ? "is missing" : "is " + label) + "; the number of a class expected");
    }
    this.path = path;
    this.label = label;
    this.checkpoint = requireNonNullElse(checkpoint, "latest");
  }
}
