package dev.ebt.run;

import dev.ebt.config.Assignment;
import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import dev.ebt.plugin.RunConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Checks of settings across parts that hold for every model. Values that are invalid on their own
 * are rejected by the settings record of the part; combinations that concern only some models, by
 * their {@link dev.ebt.plugin.ModelFamily}.
 */
public final class ConfigurationRules {
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

  /**
   * Checks that no monitor ends the training by a loss that does not say how good predictions are.
   */
  static void checkMonitors(RunParts parts) {
    if (parts.objective().judgedByLoss(parts.modality())) {
      return;
    }
    RunConfiguration configuration = parts.configuration();
    for (int i = 0; i < parts.monitors().size(); i++) {
      if (parts.monitors().get(i).comparesLosses()) {
        throw new SettingException(
            "monitors",
            String.format(
                Locale.ROOT,
                "has %s, which compares validation losses, but with objective.name=%s a lower loss"
                    + " is not a better prediction: it is lowest at the mean of all right answers;"
                    + " leave it out",
                configuration.monitors().get(i).name(),
                configuration.objective().name()));
      }
    }
  }

  /**
   * Checks that several candidates are computed where an override selects one of them.
   *
   * @param candidates the greatest number of candidates per prediction
   * @throws UserException if there is only one
   */
  public static void checkSelects(RunParts parts, int candidates) {
    if (candidates <= 1) {
      checkNoSelection(parts, "add --candidates, or remove it");
    }
  }

  /**
   * Checks that no override selects a candidate, for uses that compute one per prediction.
   *
   * @throws UserException if one does
   */
  public static void checkNoSelection(RunParts parts) {
    checkNoSelection(parts, "remove it");
  }

  private static void checkNoSelection(RunParts parts, String fix) {
    for (Assignment override : parts.overrides().assignments()) {
      boolean selects = override.within("thinking.select");
      if ((selects || override.within("thinking.repel")) && !override.value().isNull()) {
        throw new UserException(
            override.origin().place()
                + (selects
                    ? ": this selects among several candidates, and there is only 1; "
                    : ": this displaces a candidate from others, and there is only 1; ")
                + fix);
      }
    }
  }

  /** Checks that the energies of a prediction can be compared, and that no other rule is set. */
  static void checkTolerance(RunParts parts, String option, double tolerance) {
    if (!parts.thinks()) {
      throw new UserException(
          option + " is " + tolerance + "; 0 for a model without energy expected");
    }
    if (parts.thinking().stop() != null) {
      throw new UserException(
          option
              + " is short for the stopping rule energy-settled, but thinking.stop is set;"
              + " use one of them (--set thinking.stop=null removes the other)");
    }
    if (!parts.family().energiesAreComparable(parts.setup())) {
      throw new UserException(
          option
              + " compares the energies of different steps, and thinking.landscapes is "
              + parts.thinking().landscapes()
              + ": each step has its own energy function; use another stopping rule, such as"
              + " --set thinking.stop=gradient-small");
    }
  }

  /**
   * Checks that no override sets a setting of thinking, except the number of landscapes, for uses
   * that evaluate the model without thinking.
   *
   * @throws UserException if one does
   */
  public static void checkNoThinking(RunParts parts) {
    refuseThinking(parts, "thinking.landscapes");
  }

  /**
   * Checks that no override sets a setting of thinking steps, for uses that evaluate the energy of
   * given candidates.
   *
   * @throws UserException if one does
   */
  public static void checkNoSteps(RunParts parts) {
    refuseThinking(parts, "thinking.landscapes", "thinking.energies", "thinking.guidance");
  }

  /**
   * Checks that no override sets a setting of thinking steps or guidance, for uses that score given
   * candidates with one observation of their context.
   *
   * @throws UserException if one does
   */
  static void checkNoStepsAndGuidance(RunParts parts) {
    refuseThinking(parts, "thinking.landscapes", "thinking.energies");
  }

  /**
   * Checks that no override sets a setting of thinking where no step is taken.
   *
   * @param used settings, or groups of them, that have an effect nevertheless
   */
  private static void refuseThinking(RunParts parts, String... used) {
    for (Assignment override : parts.overrides().assignments()) {
      if (ofThinking(parts, override) && Stream.of(used).noneMatch(override::within)) {
        throw new UserException(
            override.origin().place()
                + ": no thinking step is taken here, so this has no effect; remove it");
      }
    }
  }

  private static boolean ofThinking(RunParts parts, Assignment override) {
    return override.within("thinking")
        || parts.modality().settingsOfThinking().stream()
            .anyMatch(name -> override.within("modality." + name));
  }

  /**
   * Checks that no override sets a thinking setting for a model that does not think. Recipes and
   * files may contain settings that only another model uses.
   */
  static void checkHeeded(RunParts parts) {
    if (parts.thinks()) {
      return;
    }
    for (Assignment override : parts.overrides().assignments()) {
      if (ofThinking(parts, override)) {
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
