package dev.ebt.core;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;

/**
 * The settings of early stopping.
 *
 * @param patience the validations without improvement after which training ends (3)
 * @param improvement the decrease of the validation loss below its minimum that counts (0)
 */
record EarlyStoppingSettings(Integer patience, Double improvement) {
  EarlyStoppingSettings {
    patience = requireNonNullElse(patience, 3);
    improvement = requireNonNullElse(improvement, 0.0);
    if (patience < 1) {
      throw SettingException.of("patience", patience, "at least 1");
    }
    if (!(improvement >= 0)) {
      throw SettingException.of("improvement", improvement, "0 or more");
    }
  }
}
