package dev.ebt.interact;

import dev.ebt.error.UserException;
import dev.ebt.run.ConfigurationRules;
import dev.ebt.run.PathLength;
import dev.ebt.run.TrainedModel;
import java.util.Map;
import java.util.Set;

/**
 * An interaction that a plugin provides, with its options.
 *
 * @param origin the plugin in messages
 */
record ProvidedInteraction<O extends Record>(
    Interaction<O> interaction, Options<O> options, String origin) {
  private static final String CANDIDATES = "--candidates";

  /**
   * Returns an interaction with its options.
   *
   * @throws UserException if its record of options cannot be used
   */
  static <O extends Record> ProvidedInteraction<O> of(Interaction<O> interaction, String origin) {
    try {
      return new ProvidedInteraction<>(interaction, Options.of(interaction.options()), origin);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "interaction '" + interaction.name() + "' of " + origin + ": " + e.getMessage(), e);
    }
  }

  /** Returns whether the interaction has all these options, and accepts their values together. */
  boolean accepts(Map<String, ?> given) {
    return options.haveAll(given.keySet()) && interaction.accepts(options.create(given));
  }

  /** Refuses unsuitable options, and returns the common ones for the model. */
  CommonOptions check(TrainedModel model, CommonOptions common, Map<String, ?> given) {
    if (options.haveAll(Set.of(CANDIDATES))) {
      int candidates = given.get(CANDIDATES) instanceof Integer number ? number : 1;
      ConfigurationRules.checkSelects(model.parts(), candidates);
    } else {
      ConfigurationRules.checkNoSelection(model.parts());
    }
    return common.on(model.parts());
  }

  /** Runs the interaction, unless it refuses its options. */
  void run(TrainedModel model, CommonOptions common, Map<String, ?> given, Outputs outputs) {
    CommonOptions checked = check(model, common, given);
    interaction.run(model, checked, options.create(given), outputs);
    // After the run, which may be refused: a refusal stands alone.
    PathLength.warning(model, checked.steps())
        .ifPresent(warning -> outputs.add(new Output.Warning(warning)));
  }
}
