package dev.ebt.run;

import dev.ebt.config.Assignment;
import dev.ebt.config.RecordReader;
import dev.ebt.error.TrainingOnly;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.PartKind;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.step.ThinkingHyperparameters;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;

/**
 * The check that no override of a trained model sets what only training uses: a whole group of
 * settings, or a setting that is marked with {@link TrainingOnly}.
 */
final class TrainingOnlySettings {
  private static final List<String> GROUPS =
      List.of("clip", "from", "monitors", "optimizer", "schedule", "training");

  private final Catalog catalog;
  private final RunParts parts;

  private TrainingOnlySettings(Catalog catalog, RunParts parts) {
    this.catalog = catalog;
    this.parts = parts;
  }

  /** Refuses the first such override. */
  static void check(Catalog catalog, RunParts parts) {
    TrainingOnlySettings settings = new TrainingOnlySettings(catalog, parts);
    for (Assignment override : parts.overrides().assignments()) {
      if (settings.has(override)) {
        throw new UserException(
            override.origin().place()
                + ": only training uses this, so it has no effect here; remove it");
      }
    }
  }

  private boolean has(Assignment override) {
    List<String> path = List.of(override.path().split("\\."));
    return GROUPS.contains(path.get(0)) || (path.size() > 1 && isMarked(path));
  }

  private boolean isMarked(List<String> path) {
    return settings(path.get(0))
        .map(type -> RecordReader.components(type).get(path.get(1)))
        .map((RecordComponent component) -> component.isAnnotationPresent(TrainingOnly.class))
        .orElse(false);
  }

  /** Returns the record of a group of settings, if some of them may be marked. */
  private Optional<Class<? extends Record>> settings(String group) {
    RunConfiguration configuration = parts.configuration();
    return switch (group) {
      case "data" -> Optional.of(record(PartKind.DATASET, configuration.data().name()));
      case "modality" -> Optional.of(record(PartKind.MODALITY, configuration.modality().name()));
      case "model" -> Optional.of(record(PartKind.MODEL, configuration.model().name()));
      case "objective" -> Optional.of(record(PartKind.OBJECTIVE, configuration.objective().name()));
      case "thinking" -> Optional.of(ThinkingHyperparameters.class);
      default -> Optional.empty();
    };
  }

  private Class<? extends Record> record(PartKind kind, String name) {
    return catalog.get(kind, name).settings();
  }
}
