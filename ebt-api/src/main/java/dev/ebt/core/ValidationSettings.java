package dev.ebt.core;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.monitor.MonitorAction;

/**
 * The settings of a monitor that looks at validations.
 *
 * @param action off, warn, roll-back or stop (warn)
 * @param patience the validations in a row that have to show it (3)
 */
record ValidationSettings(MonitorAction action, Integer patience) {
  ValidationSettings {
    action = Warnings.withoutSkip(action);
    patience = requireNonNullElse(patience, 3);
    if (patience < 1) {
      throw SettingException.of("patience", patience, "at least 1");
    }
  }
}
