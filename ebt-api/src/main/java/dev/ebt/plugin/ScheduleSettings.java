package dev.ebt.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.config.Assignment;
import dev.ebt.config.Document;
import dev.ebt.config.Origin;
import dev.ebt.config.RecordReader;

/**
 * Utilities for the settings of learning rate schedules, whose names have a meaning to training:
 * the default of {@code decaySteps} is the number of steps of the training, and options such as
 * {@code --quick} change {@code warmUp}.
 */
final class ScheduleSettings {
  static final String KEY = "schedule";

  private static final String DECAY_STEPS = "decaySteps";

  private ScheduleSettings() {}

  /** Returns the choice of a schedule with its last step filled in, if it has one and no value. */
  static PartSettings filled(Catalog catalog, PartSettings schedule, int steps) {
    if (!leavesEndOpen(catalog, schedule)) {
      return schedule;
    }
    ObjectNode settings = schedule.settings().deepCopy();
    return new PartSettings(schedule.name(), settings.put(DECAY_STEPS, steps));
  }

  /** Returns whether a choice of a schedule has a last step and no value for it. */
  static boolean leavesEndOpen(Catalog catalog, PartSettings schedule) {
    JsonNode value = schedule.settings().path(DECAY_STEPS);
    return (value.isMissingNode() || value.isNull()) && has(catalog, schedule, DECAY_STEPS);
  }

  /**
   * Returns whether an assignment is that of an option to a setting which the schedule does not
   * have, so that it does not apply.
   */
  static boolean inapplicable(Catalog catalog, Document document, Assignment assignment) {
    JsonNode schedule = document.root().path(KEY);
    return assignment.origin().kind() == Origin.Kind.OPTION
        && assignment.path().startsWith(KEY + ".")
        && PartSettings.readable(schedule)
        && !has(
            catalog, PartSettings.read(schedule), assignment.path().substring(KEY.length() + 1));
  }

  private static boolean has(Catalog catalog, PartSettings schedule, String key) {
    return catalog.names(PartKind.SCHEDULE).contains(schedule.name())
        && RecordReader.components(catalog.get(PartKind.SCHEDULE, schedule.name()).settings())
            .containsKey(key);
  }
}
