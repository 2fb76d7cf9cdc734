package dev.ebt.core;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;

/**
 * Settings of the energy of another run's model.
 *
 * @param path the folder of the run or of an exported model, or the name of a bundled model
 * @param checkpoint latest, latest-good, best, or a step (latest)
 */
record RunEnergySettings(String path, String checkpoint) {
  /** Fills in defaults and rejects a missing path. */
  RunEnergySettings {
    checkpoint = requireNonNullElse(checkpoint, "latest");
    if (path == null || path.isBlank()) {
      throw new SettingException(
          "path", "is missing; the folder of a run, or a bundled model, expected");
    }
  }
}
