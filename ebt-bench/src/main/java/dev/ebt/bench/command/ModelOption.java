package dev.ebt.bench.command;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.config.Assignment;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.plugin.BundledModelFolders;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.TrainedModel;
import dev.ebt.store.Weights;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that select a checkpoint of a run and override its settings. */
final class ModelOption {
  private static final String LATEST = "latest";

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      description = "latest, latest-good, best, or a step (latest).")
  private @Nullable String checkpoint;

  @Mixin private WeightsOption weights;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Overrides a setting of the run, such as backend.name=reference.")
  private List<String> assignments = List.of();

  @Option(
      names = "--energy",
      paramLabel = "NAME[,KEY=VALUE]...",
      description = {
        "Adds an energy to that of the model, such as run,path=runs/other,weight=0.5, or",
        "path=verse for a bundled model; repeatable. 'ebt plugins energy' lists them."
      })
  private List<String> energies = List.of();

  @Option(
      names = "--guidance",
      paramLabel = "W",
      description = {
        "Thinks on (1-W) E(no condition) + W E(condition), for models trained with",
        "modality.conditionDropout (1: off). Each step takes two evaluations."
      })
  private @Nullable Double guidance;

  /** Returns the name of the checkpoint. */
  String checkpoint() {
    return requireNonNullElse(checkpoint, LATEST);
  }

  /** Returns the weights of the checkpoint. */
  Weights weights() {
    return weights.weights();
  }

  /**
   * Opens a run, or the standard model if there is none.
   *
   * @throws UserException if a checkpoint of a bundled model is selected, which has just one
   */
  TrainedModel open(Catalog catalog, @Nullable Path run) {
    if (run != null && BundledModelFolders.nameOf(run).isEmpty()) {
      return TrainedModel.open(catalog, run, checkpoint(), weights(), overrides());
    }
    checkBundled();
    return TrainedModel.open(catalog, bundled(catalog, run), LATEST, overrides());
  }

  /**
   * Opens a run, or the standard model if there is none, for answers to requests.
   *
   * @throws UserException if a checkpoint of a bundled model is selected, which has just one
   */
  TrainedModel openForInference(Catalog catalog, @Nullable Path run) {
    if (run != null && BundledModelFolders.nameOf(run).isEmpty()) {
      return TrainedModel.openForInference(catalog, run, checkpoint(), weights(), overrides());
    }
    checkBundled();
    return TrainedModel.openForInference(
        catalog, bundled(catalog, run), LATEST, Weights.USUAL, overrides());
  }

  private static Path bundled(Catalog catalog, @Nullable Path run) {
    return run == null ? StandardModel.folder(catalog) : run;
  }

  private void checkBundled() {
    if (!checkpoint().equals(LATEST)) {
      throw new UserException("--checkpoint needs a run; a bundled model has no checkpoints");
    }
    if (weights.isGiven()) {
      throw new UserException("--weights needs a run; a bundled model has one set of weights");
    }
  }

  /** Returns a run as it is named, or the name of the standard model if there is none. */
  static String name(Catalog catalog, @Nullable Path run) {
    return run == null ? catalog.standardModel().name() : BundledModelFolders.given(run);
  }

  /** Returns results for JSON, headed by the name of the model and the step of its checkpoint. */
  static Map<String, Object> document(
      Catalog catalog, @Nullable Path run, TrainedModel model, Map<String, Object> results) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("run", name(catalog, run));
    document.put("step", model.progress().step());
    document.putAll(results);
    return document;
  }

  private Overrides guidance() {
    return guidance == null
        ? Overrides.none()
        : Overrides.of(
            Assignment.of(
                "thinking.guidance",
                guidance,
                new Origin(Origin.Kind.SET, "--guidance " + guidance)));
  }

  /** Returns the overrides of the run's configuration. */
  Overrides overrides() {
    return Overrides.parse(assignments).and(EnergyOption.overrides(energies)).and(guidance());
  }
}
