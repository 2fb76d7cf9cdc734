package dev.ebt.run;

import dev.ebt.backend.Cluster;
import dev.ebt.config.Overrides;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.ResolvedConfiguration;
import dev.ebt.predict.Predictor;
import dev.ebt.store.Checkpoints;
import dev.ebt.store.RunDirectory;
import dev.ebt.think.PredictionEvaluator;
import dev.ebt.train.Follower;
import dev.ebt.train.TrainingSettings;
import dev.ebt.train.TrainingStepper;
import dev.ebt.train.Validation;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The part of a process that is not the first in a training that several share: it computes
 * gradients of its share of the rows, and predictions of its share of the validation rows. The
 * files of the run are written by the first process, whose parameters this one receives; it reads
 * the data, and with {@code --resume} the run's configuration, itself.
 */
public final class FollowingJob implements AutoCloseable {
  private final Components components;
  private final RunParts parts;
  private final TrainingStepper stepper;
  private volatile boolean stopping;

  private FollowingJob(Components components, RunParts parts, TrainingStepper stepper) {
    this.components = components;
    this.parts = parts;
    this.stepper = stepper;
  }

  /**
   * Joins a training that begins.
   *
   * @throws dev.ebt.error.UserException as {@link TrainingJob#begin} does, and if a process does
   *     not answer or differs
   */
  public static FollowingJob begin(
      Catalog catalog, TrainingRequest request, ResolvedConfiguration resolved, Cluster cluster) {
    LazyProcessGroup shared = new LazyProcessGroup(cluster);
    return opened(
        NewTraining.of(catalog, request, resolved, shared).components(), shared, WarmStart::check);
  }

  /** Joins a training that is resumed. */
  public static FollowingJob resume(
      Catalog catalog, Path run, Overrides overrides, Cluster cluster) {
    ResolvedConfiguration resolved =
        Configurations.read(catalog, null, ModelFolder.configuration(run), overrides);
    return opened(
        Components.of(catalog, resolved, run),
        new LazyProcessGroup(cluster),
        parts -> WarmStart.checkResumed(parts, RunDirectory.read(run), Checkpoints.LATEST_GOOD));
  }

  private static FollowingJob opened(
      Components components, LazyProcessGroup shared, Consumer<RunParts> weights) {
    try {
      RunParts parts = components.get(RunParts.class);
      components.own(shared); // Closed before the parts.
      shared.prepare(parts, weights);
      return new FollowingJob(components, parts, components.own(TrainingRun.stepper(parts)));
    } catch (RuntimeException | Error e) {
      components.close();
      shared.close();
      throw e;
    }
  }

  /** Asks the first process to save and end; from any thread. */
  public void stop() {
    stopping = true;
  }

  /**
   * Trains until the first process ends.
   *
   * @return the updates that are done
   * @throws dev.ebt.backend.LostProcessException if another process is lost
   */
  public long run() {
    TrainingSettings training = parts.configuration().training();
    long seed = parts.configuration().seed();
    int rows = Math.min(training.batch(), parts.dataset().validation().size());
    try (Predictor predictor = parts.predictor(rows)) {
      Validation validation =
          new Validation(
              stepper,
              parts.dataset(),
              new PredictionEvaluator(predictor, parts.modality(), rows),
              parts.steps().validated(),
              training,
              seed);
      return new Follower(
              stepper,
              parts.dataset().training(),
              training,
              seed,
              parts.processes(),
              validation::run)
          .follow(() -> stopping);
    }
  }

  /** Leaves the other processes and frees all parts. */
  @Override
  public void close() {
    components.close();
  }
}
