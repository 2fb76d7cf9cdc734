package dev.ebt.run;

import dev.ebt.config.Assignment;
import dev.ebt.error.UserException;
import dev.ebt.plugin.RunConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Checks of settings across parts that hold for every model. Values that are invalid on their own
 * are rejected by the settings record of the part; combinations that concern only some models, by
 * their {@link dev.ebt.plugin.ModelFamily}.
 */
final class ConfigurationRules {
  /** The groups of settings that only training uses. */
  private static final List<String> OF_TRAINING =
      List.of("clip", "monitors", "optimizer", "schedule", "training");

  private ConfigurationRules() {}

  /**
   * Returns warnings about settings that are valid but will probably give poor results, one line
   * each.
   *
   * @return the warnings; empty if there are none
   */
  static List<String> advice(RunParts parts) {
    RunConfiguration configuration = parts.configuration();
    List<String> advice = new ArrayList<>(ScheduleAdvice.of(configuration));
    int width = parts.model().width();
    int element = parts.modality().patchDimension();
    if (width > 0 && width < element) {
      advice.add(
          String.format(
              Locale.ROOT,
              "model.width is %d, but an element of a candidate has %d values, which so"
                  + " narrow a model cannot represent; use --set model.width=%2$d, or smaller"
                  + " elements",
              width,
              element));
    }
    return advice;
  }

  /** Checks that no override for the use of a trained model sets what only training uses. */
  static void checkUsed(RunParts parts) {
    for (Assignment override : parts.overrides().assignments()) {
      if (OF_TRAINING.stream().anyMatch(override::within)) {
        throw new UserException(
            override.origin().place()
                + ": only training uses this, so it has no effect here; remove it");
      }
    }
  }

  /**
   * Checks that several candidates are computed where an override selects one of them.
   *
   * @param candidates the greatest number of candidates
   */
  static void checkSelects(RunParts parts, int candidates) {
    if (candidates > 1) {
      return;
    }
    for (Assignment override : parts.overrides().assignments()) {
      if (override.within("thinking.select") && !override.value().isNull()) {
        throw new UserException(
            override.origin().place()
                + ": this selects among several candidates, and there is only 1; add --candidates,"
                + " or remove it");
      }
    }
  }

  /**
   * Checks that no override sets a thinking setting for a model that does not think. Recipes and
   * files may contain settings that only another model uses.
   */
  static void checkHeeded(RunParts parts) {
    if (parts.thinks()) {
      return;
    }
    Set<String> ofThinking = parts.modality().settingsOfThinking();
    for (Assignment override : parts.overrides().assignments()) {
      boolean unheeded =
          override.within("thinking")
              || ofThinking.stream().anyMatch(name -> override.within("modality." + name));
      if (unheeded) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "%s: model '%s' does not think, so this has no effect; remove it",
                override.origin().place(),
                parts.configuration().model().name()));
      }
    }
  }
}
