package dev.ebt.run;

import dev.ebt.error.UserException;
import dev.ebt.modality.Fittable;
import dev.ebt.plugin.BundledModelFolders;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.store.AdapterBase;
import dev.ebt.store.CheckpointMetadata;
import dev.ebt.store.RunDirectory;
import dev.ebt.store.StoredCheckpoint;
import dev.ebt.store.Weights;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

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
    parts.initialWeights().ifPresent(run -> read(parts, run));
  }

  /**
   * Restores the fitted values of the modality of a run that is resumed from one of its
   * checkpoints: as it has them, the run that it began with may be gone. Without a checkpoint the
   * run begins again.
   *
   * @throws UserException if they cannot be read
   */
  static void checkResumed(RunParts parts, RunDirectory directory, String checkpoint) {
    if (directory.checkpoints().complete().isEmpty()) {
      check(parts);
    } else if (parts.configuration().from() != null && parts.modality() instanceof Fittable) {
      StoredCheckpoint stored = directory.checkpoints().named(checkpoint);
      ShapeCheck.check(parts.modality(), parts.configuration().modality().name(), stored);
      CheckpointValues.restoreFitted(parts, stored);
    }
  }

  /**
   * Returns the step and the hash of the weights that a run starts from, such as {@code "step 200,
   * last 5f0c…"}; empty if it has none, or they are no longer there.
   */
  static Optional<String> identity(RunParts parts) {
    try {
      return parts
          .initialWeights()
          .map(run -> ModelFolder.checkpoint(run, "latest"))
          .map(
              stored ->
                  "step " + stored.progress().step() + ", " + stored.weightsId(Weights.USUAL));
    } catch (UserException e) {
      return Optional.empty(); // A run that is resumed no longer needs them.
    }
  }

  /**
   * Assigns the weights on the backend, if the run has any.
   *
   * @return the checkpoint that they are of
   */
  static Optional<StoredCheckpoint> assign(RunParts parts) {
    Optional<StoredCheckpoint> stored = parts.initialWeights().map(run -> read(parts, run));
    stored.ifPresent(
        weights -> {
          CheckpointValues.assign(parts, weights);
          CheckpointValues.assignOwnStepSize(parts);
        });
    return stored;
  }

  /**
   * Returns the base of low-rank adapters. A bundled model is copied into the run, since its folder
   * is in a cache, and another version may bundle other weights.
   *
   * @param from the checkpoint that the run begins with
   * @param run the folder of the run
   * @return empty if the run trains no adapters
   */
  static Optional<AdapterBase> base(RunParts parts, StoredCheckpoint from, Path run) {
    if (parts.updateRule().trained().adapter() == null) {
      return Optional.empty();
    }
    return Optional.of(
        BundledModelFolders.nameOf(from.folder()).isPresent()
            ? AdapterBase.copied(from, run)
            : AdapterBase.of(from, run));
  }

  private static StoredCheckpoint read(RunParts parts, Path run) {
    RunConfiguration configuration = parts.configuration();
    StoredCheckpoint stored = ModelFolder.checkpoint(run, "latest").with(Weights.USUAL);
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
              BundledModelFolders.given(run),
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
