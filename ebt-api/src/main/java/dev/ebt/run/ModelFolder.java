package dev.ebt.run;

import dev.ebt.config.Overrides;
import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import dev.ebt.plugin.BundledModelFolders;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.PartSettings;
import dev.ebt.store.RunDirectory;
import dev.ebt.store.StoredCheckpoint;
import dev.ebt.store.Weights;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of a trained model: a run, or an exported model. */
public final class ModelFolder {
  private static final String CONFIGURATION = RunDirectory.CONFIGURATION;
  private static final String PROGRESS = "progress.json";

  private ModelFolder() {}

  /**
   * Returns a checkpoint of a run, or an exported model.
   *
   * @param checkpoint as for {@link TrainedModel#open}
   * @throws UserException if there is none, or it is damaged
   */
  public static StoredCheckpoint checkpoint(Path run, String checkpoint) {
    BundledModelFolders.checkCheckpoint(run, checkpoint);
    return StoredCheckpoint.of(run, checkpoint);
  }

  /** Writes a copy of a run's model with its usual weights in single precision. */
  public static void export(Path run, String checkpoint, Path target) {
    export(run, checkpoint, Weights.USUAL, target, false);
  }

  /**
   * Writes a copy of a run's model for others to use, without the state that only training needs.
   *
   * @param weights the weights of the copy, which has one set of them
   * @param target a new folder
   * @param half whether weights are stored as 16-bit floating-point numbers
   * @throws UserException if it already exists, or cannot be written, or the run does not have
   *     these weights
   */
  public static void export(
      Path run, String checkpoint, Weights weights, Path target, boolean half) {
    StoredCheckpoint stored = checkpoint(run, checkpoint).with(weights);
    try {
      if (Files.exists(target)) {
        throw new UserException(target + " already exists; choose a new folder");
      }
      Files.createDirectories(target);
      copy(run.resolve(RunDirectory.PARTS), target.resolve(RunDirectory.PARTS));
      Files.copy(run.resolve(CONFIGURATION), target.resolve(CONFIGURATION));
    } catch (IOException e) {
      throw new UserException("cannot write model " + target + ": " + ReasonText.of(e), e);
    }
    stored.export(target, half);
  }

  private static void copy(Path folder, Path target) throws IOException {
    if (Files.isDirectory(folder)) {
      Files.createDirectory(target);
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          Files.copy(file, target.resolve(file.getFileName()));
        }
      }
    }
  }

  /**
   * Returns the name of the modality that {@link TrainedModel#open} would find.
   *
   * @throws UserException if there is no such run
   */
  public static String modalityName(Catalog catalog, Path run, Overrides overrides) {
    return Configurations.modality(catalog, null, configuration(run), overrides);
  }

  /**
   * Returns the dataset in the configuration of a run, with the settings that are written.
   *
   * @throws UserException if there is no such run
   */
  static PartSettings data(Catalog catalog, Path run) {
    return Configurations.data(catalog, null, configuration(run), Overrides.none());
  }

  /**
   * Returns the configuration file of a run or an exported model.
   *
   * @throws UserException if there is no such run
   */
  public static Path configuration(Path run) {
    if (!Files.exists(run.resolve(PROGRESS))) {
      RunDirectory.read(run);
    }
    return run.resolve(CONFIGURATION);
  }

  /**
   * Returns whether a run has a complete checkpoint, or is an exported model.
   *
   * @throws UserException if there is no such run
   */
  public static boolean hasWeights(Path run) {
    configuration(run);
    return Files.exists(run.resolve(PROGRESS))
        || !RunDirectory.read(run).checkpoints().complete().isEmpty();
  }
}
