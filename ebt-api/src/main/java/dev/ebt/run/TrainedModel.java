package dev.ebt.run;

import dev.ebt.backend.Backend;
import dev.ebt.backend.ThreadGuard;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Modality;
import dev.ebt.objective.Objective;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.PerformanceHint;
import dev.ebt.plugin.Plugins;
import dev.ebt.plugin.ResolvedConfiguration;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.predict.Predictor;
import dev.ebt.store.CheckpointMetadata;
import dev.ebt.store.RunDirectory;
import dev.ebt.store.StoredCheckpoint;
import dev.ebt.store.Weights;
import dev.ebt.think.PredictionEvaluator;
import dev.ebt.think.Thinker;
import java.nio.file.Path;
import java.util.List;

/**
 * A trained model for inference, which a service opens once and uses often.
 *
 * <pre>{@code
 * try (TrainedModel model = TrainedModel.open(Path.of("runs/book"));
 *     Thinker thinker = model.thinker(1)) {
 *   thinker.observe(context);
 *   thinker.begin(seed);
 *   thinker.step();
 *   Array candidate = thinker.candidate();
 * }
 * }</pre>
 *
 * <p>Not thread-safe, and neither is any object created from it: a call from a second thread while
 * another is in progress throws an {@link IllegalStateException}. Open one per thread, or use a
 * lock.
 */
public final class TrainedModel implements AutoCloseable {
  private static final int ROWS = 16;

  private final ThreadGuard guard = new ThreadGuard(TrainedModel.class);
  private final Components components;
  private final RunParts parts;
  private final CheckpointMetadata progress;
  private final String weightsId;
  private final int trainedSteps;

  private TrainedModel(
      Components components,
      RunParts parts,
      CheckpointMetadata progress,
      String weightsId,
      int trainedSteps) {
    this.components = components;
    this.parts = parts;
    this.progress = progress;
    this.weightsId = weightsId;
    this.trainedSteps = trainedSteps;
  }

  /** Opens a run with the plugins of the class path, at its latest checkpoint. */
  public static TrainedModel open(Path run) {
    return open(Plugins.discover(List.of()), run, "latest", Overrides.none());
  }

  /**
   * Opens a run, or an exported model: a folder with {@code config.yaml}, {@code model.safetensors}
   * and {@code progress.json}, and {@code parts/} if the configuration refers to files.
   *
   * @param checkpoint {@code latest}, {@code best} or a step
   * @param overrides the overrides of the run's configuration: another backend, other data
   * @throws UserException if there is no such run or it does not fit its configuration
   */
  public static TrainedModel open(
      Catalog catalog, Path run, String checkpoint, Overrides overrides) {
    return open(catalog, run, checkpoint, Weights.USUAL, overrides);
  }

  /**
   * Opens a run, or an exported model, with the chosen weights of its checkpoint.
   *
   * @throws UserException if there is no such run, it does not fit its configuration, or it does
   *     not have these weights
   */
  public static TrainedModel open(
      Catalog catalog, Path run, String checkpoint, Weights weights, Overrides overrides) {
    StoredCheckpoint whole = ModelFolder.checkpoint(run, checkpoint);
    return open(catalog, run, whole, weights, overrides, PerformanceHint.THROUGHPUT);
  }

  /**
   * Opens a run as {@link #open(Catalog, Path, String, Weights, Overrides)} does, for answers to
   * requests rather than for large batches: see {@link PerformanceHint}.
   */
  public static TrainedModel openForInference(
      Catalog catalog, Path run, String checkpoint, Weights weights, Overrides overrides) {
    StoredCheckpoint whole = ModelFolder.checkpoint(run, checkpoint);
    PerformanceHint hint =
        PerformanceHint.forInference(
            whole.parameters().values().stream().mapToLong(value -> value.shape().elements()));
    return open(catalog, run, whole, weights, overrides, hint);
  }

  private static TrainedModel open(
      Catalog catalog,
      Path run,
      StoredCheckpoint whole,
      Weights weights,
      Overrides overrides,
      PerformanceHint hint) {
    StoredCheckpoint stored = whole.with(weights);
    ResolvedConfiguration resolved =
        Configurations.read(catalog, null, run.resolve(RunDirectory.CONFIGURATION), overrides);
    Components components = Components.of(catalog, resolved, run, hint);
    try {
      RunParts parts = components.get(RunParts.class);
      ShapeCheck.check(parts.modality(), resolved.configuration().modality().name(), stored);
      TrainingOnlySettings.check(catalog, parts);
      ConfigurationRules.checkHeeded(parts);
      parts.family().checkPrediction(parts.setup());
      CheckpointValues.assign(parts, stored);
      CheckpointValues.assignStepSize(parts);
      int steps = trainedSteps(catalog, run, parts, overrides);
      return new TrainedModel(
          components, parts, stored.progress(), whole.weightsId(weights), steps);
    } catch (RuntimeException e) {
      components.close();
      throw e;
    }
  }

  /** Returns the steps of a prediction by the objective of the run, whatever overrides it now. */
  private static int trainedSteps(Catalog catalog, Path run, RunParts parts, Overrides overrides) {
    if (overrides.within("objective").isEmpty()) {
      return parts.objective().predictionPlan(parts.thinking()).size();
    }
    Path configuration = run.resolve(RunDirectory.CONFIGURATION);
    ResolvedConfiguration stored =
        Configurations.read(catalog, null, configuration, Overrides.none());
    try (Components own = Components.of(catalog, stored, run)) {
      return own.get(Objective.class).predictionPlan(parts.thinking()).size();
    }
  }

  /** Returns the parts of the run. */
  public RunParts parts() {
    return parts;
  }

  /**
   * Returns this model with other parts, which share its backend. It is freed by closing this one,
   * and is not closed itself.
   *
   * @param other made from the parts of this model, such as by {@link RunParts#thinkingBy}
   */
  public TrainedModel with(RunParts other) {
    return new TrainedModel(components, other, progress, weightsId, trainedSteps);
  }

  /** Returns the progress of the training. */
  public CheckpointMetadata progress() {
    return progress;
  }

  /**
   * Returns which weights of its checkpoint the model has, {@code ema} or {@code last}, and the
   * hash of their file: different for different weights.
   */
  public String weightsId() {
    return weightsId;
  }

  /**
   * Returns the number of steps of a prediction by the objective that the model was trained with, 0
   * without thinking.
   */
  int trainedSteps() {
    return trainedSteps;
  }

  /** Returns the modality of the model: its contexts and targets. */
  public Modality modality() {
    return parts.modality();
  }

  /** Returns the compute backend. */
  public Backend backend() {
    return parts.backend();
  }

  /**
   * Returns a thinking session for a number of rows; the caller closes it, which frees the memory
   * of its contexts and candidates. The first one compiles the programs, which takes longer than
   * thinking; they stay until the model is closed and serve all sessions with the same number of
   * rows.
   */
  public Thinker thinker(int rows) {
    try (ThreadGuard.Use use = guard.enter()) {
      return parts.thinker(rows);
    }
  }

  /**
   * Evaluates loss and energy by the number of thinking steps.
   *
   * @param rows the rows per batch
   * @param limit the maximum number of examples
   * @param steps the numbers of steps, increasing from 0
   */
  public List<EvaluationResult> evaluate(
      Examples examples, int rows, int limit, List<Integer> steps) {
    return evaluate(examples, rows, limit, ComputeBudgets.of(steps));
  }

  /** Evaluates loss and energy by the numbers of thinking steps and candidates. */
  public List<EvaluationResult> evaluate(
      Examples examples, int rows, int limit, ComputeBudgets budgets) {
    int together = Math.min(rows, Math.min(limit, examples.size()));
    try (ThreadGuard.Use use = guard.enter();
        Predictor predictor = parts.predictor(together)) {
      return new PredictionEvaluator(predictor, modality(), together)
          .evaluate(examples, limit, budgets, parts.configuration().seed());
    }
  }

  /**
   * Returns the likelihood of a text under the model, after the number of steps that it was trained
   * for.
   *
   * @throws UserException if this is not a text model, or the text has nothing to score
   */
  public TextScore score(String text) {
    return score(text, parts.steps().taken(), 1, ROWS);
  }

  /**
   * Returns the likelihood of a text under the model.
   *
   * @param steps the thinking steps; 0 for a model that predicts directly
   * @param candidates the number of candidates, of which one is selected per token
   * @param rows the rows per batch, windows of a long text
   */
  public TextScore score(String text, int steps, int candidates, int rows) {
    try (ThreadGuard.Use use = guard.enter()) {
      return TextScorer.score(parts, text, steps, candidates, rows, 0);
    }
  }

  /**
   * Returns the likelihood of a text under the model with one candidate, and the likeliest tokens
   * at the place of each.
   *
   * @param steps the thinking steps; 0 for a model that predicts directly
   * @param rows the rows per batch, windows of a long text
   * @param likeliest the number of likeliest tokens
   */
  public TextScore scoreWithLikeliest(String text, int steps, int rows, int likeliest) {
    try (ThreadGuard.Use use = guard.enter()) {
      return TextScorer.score(parts, text, steps, 1, rows, likeliest);
    }
  }

  /** Frees the backend and everything it holds. */
  @Override
  public void close() {
    try (ThreadGuard.Use use = guard.enter()) {
      components.close();
    }
  }
}
