package dev.ebt.run;

import dev.ebt.error.UserException;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.store.CheckpointMetadata;
import dev.ebt.store.StoredCheckpoint;
import dev.ebt.store.Weights;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The initial weights of a run that are taken from another run: {@code from} in its configuration.
 */
final class WarmStart {
  private WarmStart() {}

  /**
   * Reads the weights if the run has any. The fitted values of the modality are restored with them,
   * before reading data that it would otherwise be fitted to, because the weights were trained with
   * these values.
   *
   * @throws UserException if they cannot be read or are not those of the configured model
   */
  static void check(RunParts parts) {
    if (parts.configuration().from() != null) {
      read(parts);
    }
  }

  /** Assigns the weights on the backend, if the run has any. */
  static void assign(RunParts parts) {
    if (parts.configuration().from() != null) {
      CheckpointValues.assign(parts, read(parts));
      CheckpointValues.assignOwnStepSize(parts);
    }
  }

  private static StoredCheckpoint read(RunParts parts) {
    RunConfiguration configuration = parts.configuration();
    String from = configuration.from();
    StoredCheckpoint stored = ModelFolder.checkpoint(Path.of(from), "latest").with(Weights.USUAL);
    try {
      same(stored, "modality", configuration.modality().name());
      same(stored, "model", configuration.model().name());
      ShapeCheck.check(parts.modality(), configuration.modality().name(), stored);
      CheckpointValues.restored(parts, stored);
    } catch (UserException e) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "cannot start from the weights of %s: %s. Use the model settings of that"
                  + " run, or start without its weights",
              from,
              e.getMessage()),
          e);
    }
    return stored;
  }

  private static void same(StoredCheckpoint stored, String kind, String configured) {
    CheckpointMetadata.Part part = stored.progress().parts().get(kind);
    if (part != null && !part.name().equals(configured)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "they are of %s '%s', configured is '%s'",
              kind,
              part.name(),
              configured));
    }
  }
}
