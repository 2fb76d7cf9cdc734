package dev.ebt.interact;

import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.run.EvaluationRequest;
import dev.ebt.run.PathLength;
import dev.ebt.run.TrainedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An evaluation of a model on tasks that is ready to run: the model was opened, and supports the
 * tasks and the compute budgets. Closing it frees the model.
 *
 * <pre>{@code
 * EvaluationTask task = EvaluationCatalog.of(catalog).task("gsm8k").read(Path.of("test.jsonl"));
 * EvaluationRequest request = EvaluationRequest.of(Path.of("runs/book")).withSteps(2, 4);
 * try (TaskJob job = TaskJob.begin(catalog, request, List.of(task))) {
 *   List<TaskJob.Result> results = job.run(false);
 * }
 * }</pre>
 */
public final class TaskJob implements AutoCloseable {
  private final EvaluationRequest request;
  private final List<EvaluationTask> tasks;
  private final TrainedModel model;

  /** The results on one task. */
  public record Result(EvaluationTask task, TaskResults results) {}

  private TaskJob(EvaluationRequest request, List<EvaluationTask> tasks, TrainedModel model) {
    this.request = request;
    this.tasks = tasks;
    this.model = model;
  }

  /**
   * Opens and checks everything that an evaluation needs.
   *
   * @param request the model, compute budgets and rows per batch; its limit is the maximum number
   *     of records of each task
   * @throws UserException if there are several runs or other data, or the run cannot be opened or
   *     does not support a task or a budget
   */
  public static TaskJob begin(
      Catalog catalog, EvaluationRequest request, List<EvaluationTask> tasks) {
    if (request.isComparison()) {
      throw new UserException(
          "--task evaluates one run at a time"
              + (request.variations().isEmpty()
                  ? ""
                  : ", without --" + request.variations().get(0).setting()));
    }
    if (request.data() != null) {
      throw new UserException("--task and --data exclude each other; use one of them");
    }
    TrainedModel model = request.open(catalog, request.models().get(0));
    try {
      model.parts().check(request.budgets(model.parts()));
      tasks.forEach(task -> check(task, model));
      List<EvaluationTask> limited =
          tasks.stream().map(task -> task.limited(request.limit())).toList();
      return new TaskJob(request, limited, model);
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }

  private static void check(EvaluationTask task, TrainedModel model) {
    if (!task.supports(model.modality())) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "--task %s is for %s; this run has modality '%s'",
              task.name(),
              task.subject(),
              model.parts().configuration().modality().name()));
    }
  }

  /** Returns the model. */
  public TrainedModel model() {
    return model;
  }

  /**
   * Returns a warning if the trajectory of the requested steps has another length than that of the
   * run's own number of steps ({@link PathLength}); usually empty.
   */
  public Optional<String> warning() {
    return PathLength.warning(model, request.budgets(model.parts()).steps());
  }

  /**
   * Evaluates the model and returns the results in the order of the tasks.
   *
   * @param generate whether the model also generates answers, which takes far longer
   */
  public List<Result> run(boolean generate) {
    return run(generate, result -> {});
  }

  /**
   * Evaluates the model and returns the results in the order of the tasks.
   *
   * @param generate whether the model also generates answers, which takes far longer
   * @param listener receives the results on each task as soon as they are known
   */
  public List<Result> run(boolean generate, Consumer<Result> listener) {
    ComputeBudgets budgets = request.budgets(model.parts());
    List<Result> results = new ArrayList<>();
    for (EvaluationTask task : tasks) {
      TaskResults found = task.evaluate(model.parts(), budgets, request.rowsTogether(), generate);
      Result result = new Result(task, found);
      results.add(result);
      listener.accept(result);
    }
    return results;
  }

  /** Frees the model. */
  @Override
  public void close() {
    model.close();
  }
}
