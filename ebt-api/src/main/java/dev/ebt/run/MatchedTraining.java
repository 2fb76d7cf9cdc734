package dev.ebt.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ebt.config.Assignment;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.modality.Modality;
import dev.ebt.plugin.BundledModelFolders;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.ModelFamily;
import dev.ebt.plugin.RunConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The training of another model that can be fairly compared with a run: with the same data, seed,
 * sizes, batch, updates and learning rate. Settings of thinking are omitted for a model that does
 * not think.
 */
public final class MatchedTraining {
  private MatchedTraining() {}

  /**
   * Returns the overrides of the configuration of a run.
   *
   * @param run the run to match
   * @param model the name of the other model; null for the same one
   * @param own the values set by hand
   * @throws UserException if there is no such run or model, or the run has no settings that the
   *     other model would need
   */
  public static Overrides overrides(
      Catalog catalog, Path run, @Nullable String model, Overrides own) {
    Path file = ModelFolder.configuration(run);
    RunConfiguration theirs = Configurations.load(catalog, null, file, Overrides.none());
    if (theirs.from() != null && own.at("from").isEmpty()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s began with the weights of %s, which another model cannot: train one --like that run first, and begin with its weights: --set from=RUN, or with none: --set from=null",
              run,
              theirs.from()));
    }
    return model == null ? Overrides.none() : otherModel(catalog, run, theirs, model);
  }

  private static Overrides otherModel(
      Catalog catalog, Path run, RunConfiguration theirs, String model) {
    Path file = ModelFolder.configuration(run);
    Origin origin = Origin.option("--like " + BundledModelFolders.given(run) + " --model " + model);
    List<Assignment> overrides = new ArrayList<>();
    overrides.add(Assignment.of("model.name", model, origin));
    RunConfiguration other =
        Configurations.load(catalog, null, file, new Overrides(overrides, List.of()));
    try (Components one = Components.of(catalog, theirs, run);
        Components two = Components.of(catalog, other, run)) {
      ModelFamily before = one.get(ModelFamily.class);
      ModelFamily after = two.get(ModelFamily.class);
      if (after.thinks() && !before.thinks()) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "model '%s' thinks, and %s, of model '%s', has no settings of thinking to go by; train the model that thinks first, then: train --like THAT_RUN --model %3$s",
                model,
                run,
                theirs.model().name()));
      }
      if (!after.usualObjective().equals(before.usualObjective())) {
        after
            .usualObjective()
            .ifPresent(name -> overrides.add(Assignment.of("objective.name", name, origin)));
      }
      if (!after.thinks()) {
        overrides.addAll(withoutThinking(theirs, one.get(Modality.class), origin));
      }
    }
    return new Overrides(overrides, List.of());
  }

  private static List<Assignment> withoutThinking(
      RunConfiguration theirs, Modality modality, Origin origin) {
    List<Assignment> overrides = new ArrayList<>();
    overrides.add(new Assignment("regularizers", JsonNodeFactory.instance.arrayNode(), origin));
    overrides.add(Assignment.unset("thinking", origin));
    modality.settingsOfThinking().stream()
        .filter(name -> theirs.modality().settings().has(name))
        .sorted()
        .forEach(name -> overrides.add(Assignment.unset("modality." + name, origin)));
    return overrides;
  }
}
