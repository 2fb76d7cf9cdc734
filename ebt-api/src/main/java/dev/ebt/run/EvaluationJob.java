package dev.ebt.run;

import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.modality.Dataset;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Configurations;
import dev.ebt.store.CheckpointMetadata;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation of models on validation data that is ready to run: all models and their data were
 * opened and checked, so that mistakes are found before anything is computed. Closing it frees
 * them.
 *
 * <pre>{@code
 * EvaluationRequest request = EvaluationRequest.of(Path.of("runs/book")).withSteps(1, 2, 4);
 * try (EvaluationJob job = EvaluationJob.begin(catalog, request)) {
 *   for (BudgetResult result : job.run().get(0).evaluation().results()) {
 *     System.out.println(result.steps() + " steps: " + result.metrics());
 *   }
 * }
 * }</pre>
 *
 * <p>Of several models only the one that is being evaluated is in memory.
 */
public final class EvaluationJob implements AutoCloseable {
  private final Catalog catalog;
  private final EvaluationRequest request;
  private final RunDifferences differences;
  private final List<Path> changed;
  private @Nullable TrainedModel only;
  private boolean closed;

  /**
   * The results of one model.
   *
   * @param step the training step of its checkpoint
   */
  public record Result(EvaluatedModel model, long step, ModelEvaluation evaluation) {}

  private EvaluationJob(
      Catalog catalog,
      EvaluationRequest request,
      RunDifferences differences,
      List<Path> changed,
      @Nullable TrainedModel only) {
    this.catalog = catalog;
    this.request = request;
    this.differences = differences;
    this.changed = changed;
    this.only = only;
  }

  /**
   * Opens and checks everything that an evaluation needs.
   *
   * @throws UserException if a run or its data cannot be read, or a model does not support the
   *     compute budgets or the varied setting
   */
  public static EvaluationJob begin(Catalog catalog, EvaluationRequest request) {
    return new Checks(catalog, request).job();
  }

  /** Returns the settings in which the runs differ; there are none for a single run. */
  public RunDifferences differences() {
    return differences;
  }

  /** Returns the runs whose validation data has changed since they were trained. */
  public List<Path> runsWithChangedData() {
    return changed;
  }

  /**
   * Evaluates all models and returns their results.
   *
   * @throws IllegalStateException if this is closed
   */
  public List<Result> run() {
    return run(new EvaluationListener() {});
  }

  /**
   * Evaluates all models and returns their results.
   *
   * @param listener notified of the results of each model, also if a later model fails
   * @throws IllegalStateException if this is closed
   */
  public List<Result> run(EvaluationListener listener) {
    if (closed) {
      throw new IllegalStateException("this evaluation is closed");
    }
    List<Result> results = new ArrayList<>();
    for (EvaluatedModel model : request.models()) {
      if (only != null) {
        results.add(evaluate(model, only, listener));
      } else {
        try (TrainedModel opened = request.open(catalog, model)) {
          results.add(evaluate(model, opened, listener));
        }
      }
    }
    return results;
  }

  private Result evaluate(EvaluatedModel model, TrainedModel opened, EvaluationListener listener) {
    RunParts parts = opened.parts();
    Dataset dataset = dataset(request, opened, model);
    int available = dataset.validation().size();
    listener.begun(model, dataset.description(), Math.min(request.limit(), available), available);
    PathLength.warning(opened, request.budgets(parts).steps())
        .ifPresent(warning -> listener.warned(model, warning));
    ModelEvaluation found =
        ModelEvaluation.of(parts, request.budgets(parts), request.rowsTogether(), request.limit());
    SamplerWarning.of(parts, found.results()).ifPresent(text -> listener.warned(model, text));
    Result result = new Result(model, opened.progress().step(), found);
    listener.finished(result);
    return result;
  }

  /** Returns the data of the run, which may no longer exist, or the other data. */
  private static Dataset dataset(
      EvaluationRequest request, TrainedModel opened, EvaluatedModel model) {
    try {
      return opened.parts().dataset();
    } catch (UserException e) {
      if (request.data() != null || !request.overrides().within("data").isEmpty()) {
        throw e;
      }
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s. This is the data of %s in its config.yaml; select other data with --data",
              e.getMessage(),
              model.run()),
          e);
    }
  }

  /** Frees the models. */
  @Override
  public void close() {
    closed = true;
    if (only != null) {
      only.close();
      only = null;
    }
  }

  /** The checks before anything is computed. */
  private static final class Checks {
    private final Catalog catalog;
    private final EvaluationRequest request;
    private final List<RunFacts> facts = new ArrayList<>();
    private final List<Path> changed = new ArrayList<>();
    private boolean takesSteps;
    private boolean thinks;

    Checks(Catalog catalog, EvaluationRequest request) {
      this.catalog = catalog;
      this.request = request;
    }

    EvaluationJob job() {
      if (!request.isComparison()) {
        TrainedModel only = request.open(catalog, request.models().get(0));
        try {
          check(request.models().get(0), only, true);
        } catch (RuntimeException | Error e) {
          only.close();
          throw e;
        }
        return job(only);
      }
      @Nullable Path last = null;
      for (EvaluatedModel model : request.models()) {
        // A model that is not evaluated yet takes no memory.
        try (TrainedModel opened = request.open(catalog, model)) {
          check(model, opened, !model.run().equals(last));
        }
        last = model.run();
      }
      if (request.steps() != null && !takesSteps) {
        throw new UserException("--steps: none of these models takes steps; remove it");
      }
      if (!thinks && !request.candidates().equals(List.of(1))) {
        throw new UserException(
            "--candidates: none of these models has energies to choose by; remove it");
      }
      return job(null);
    }

    private EvaluationJob job(@Nullable TrainedModel only) {
      return new EvaluationJob(catalog, request, new RunDifferences(facts), changed, only);
    }

    private void check(EvaluatedModel model, TrainedModel opened, boolean firstOfItsRun) {
      RunParts parts = opened.parts();
      try {
        parts.check(request.budgets(parts));
      } catch (UserException e) {
        throw request.isComparison()
            ? new UserException(model.run() + ": " + e.getMessage(), e)
            : e;
      }
      takesSteps |= parts.steps().taken() > 0;
      thinks |= parts.thinks();
      Dataset dataset = dataset(request, opened, model);
      if (dataset.validation().size() == 0) {
        throw new UserException(model.run() + ": there is no validation data");
      }
      if (firstOfItsRun) {
        if (hasOtherData(model, opened, dataset)) {
          changed.add(model.run());
        }
        if (request.isComparison()) {
          Path written = ModelFolder.configuration(model.run());
          facts.add(
              RunFacts.of(
                  catalog,
                  model.run(),
                  Configurations.load(catalog, null, written, Overrides.none()),
                  opened));
        }
      }
    }

    /** Returns whether the data changed although nothing in the request changes it. */
    private boolean hasOtherData(EvaluatedModel model, TrainedModel opened, Dataset dataset) {
      CheckpointMetadata.Part trained = opened.progress().parts().get("data");
      boolean asked =
          request.data() != null
              || model.variation() != null
              || !request.overrides().where(each -> !each.within("backend")).isEmpty();
      return !asked && trained != null && !trained.fingerprint().equals(dataset.fingerprint());
    }
  }
}
