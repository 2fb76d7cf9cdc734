package dev.ebt.inference;

import dev.ebt.predict.Predictor;
import dev.ebt.run.RunParts;
import dev.ebt.run.TrainedModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A session for modalities whose answers are one prediction, or several one after another. Requests
 * with the same {@link ThinkingBudget} are rows of one batch, each with its own seed; those of a
 * model without an energy that draws random numbers for all rows together are computed one by one.
 * A unit of work is one thinking step of every batch.
 *
 * <pre>{@code
 * public InferenceSession<Double, Double> open(TrainedModel model, int maxBatchSize) {
 *   return new PredictionSession<>(
 *       model, maxBatchSize, x -> PredictionTask.once(context(x), Array::item, y -> "y = " + y));
 * }
 * }</pre>
 *
 * @param <I> the input of a request
 * @param <O> the output
 */
public final class PredictionSession<I, O> implements InferenceSession<I, O> {
  private final RunParts parts;
  private final int maxBatchSize;
  private final Function<? super I, ? extends PredictionTask<O>> tasks;
  private final Runnable release;
  private final RowPredictors predictors;
  private final List<PredictionRequest<O>> arriving = new ArrayList<>();
  private final List<PredictionBatch<O>> batches = new ArrayList<>();

  /**
   * Creates a session.
   *
   * @param maxBatchSize the greatest number of requests at a time
   * @param tasks converts an input to a task; it throws a {@link dev.ebt.error.UserException} if
   *     the input is unsuitable
   */
  public PredictionSession(
      TrainedModel model,
      int maxBatchSize,
      Function<? super I, ? extends PredictionTask<O>> tasks) {
    this(model, maxBatchSize, tasks, () -> {});
  }

  /**
   * Creates a session with resources of its own.
   *
   * @param release frees what tasks use, when the session is closed
   */
  public PredictionSession(
      TrainedModel model,
      int maxBatchSize,
      Function<? super I, ? extends PredictionTask<O>> tasks,
      Runnable release) {
    this.parts = model.parts();
    this.maxBatchSize = maxBatchSize;
    this.tasks = tasks;
    this.release = release;
    this.predictors = new RowPredictors(parts);
  }

  @Override
  public Request<O> add(I input, Thinking thinking, Consumer<? super Prediction> predictions) {
    ThinkingBudget budget = ThinkingBudget.of(thinking, parts);
    RowPredictors.Kind one = new RowPredictors.Kind(1, false);
    Predictor single = predictors.take(one);
    try {
      budget.check(single);
    } finally {
      predictors.put(one, single);
    }
    PredictionRequest<O> request =
        new PredictionRequest<>(tasks.apply(input), budget, thinking.seed(), predictions);
    arriving.add(request);
    return request;
  }

  /** Takes one thinking step with every batch; requests that arrived form new ones. */
  @Override
  public void advance() {
    begin();
    for (PredictionBatch<O> batch : List.copyOf(batches)) {
      if (batch.advance()) {
        batches.remove(batch);
        batch.close();
        batch.requests().stream().filter(request -> !request.done()).forEach(arriving::add);
      }
    }
  }

  /**
   * What requests of one batch have in common.
   *
   * @param holding whether elements are given, or rows have seeds of their own
   */
  private record Key(ThinkingBudget budget, boolean holding) {}

  private void begin() {
    Map<Key, List<PredictionRequest<O>>> byKey = new LinkedHashMap<>();
    arriving.stream()
        .filter(PredictionRequest::prepare)
        .forEach(each -> byKey.computeIfAbsent(key(each), key -> new ArrayList<>()).add(each));
    arriving.clear();
    byKey.forEach(
        (key, requests) -> {
          boolean alone = !key.holding() && predictors.drawsForAllRows(key.budget());
          int most = alone ? 1 : maxBatchSize;
          for (int from = 0; from < requests.size(); from += most) {
            List<PredictionRequest<O>> rows =
                requests.subList(from, Math.min(requests.size(), from + most));
            batches.add(PredictionBatch.of(predictors, key.budget(), key.holding(), rows));
          }
        });
  }

  private Key key(PredictionRequest<O> request) {
    boolean seeded = predictors.canHold() && predictors.drawsForAllRows(request.budget());
    return new Key(request.budget(), seeded || request.fixed().isPresent());
  }

  @Override
  public void remove(Request<O> request) {
    arriving.removeIf(each -> each == request);
    batches.removeIf(batch -> batch.remove(request));
  }

  @Override
  public void close() {
    batches.forEach(PredictionBatch::close);
    predictors.close();
    release.run();
  }
}
