package dev.ebt.inference;

import static java.util.Objects.requireNonNull;

import dev.ebt.predict.FixedElements;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.StepResult;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.think.CompactedThinking;
import dev.ebt.think.SelfVerification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The next prediction of some requests, a row each; further rows repeat the first one. */
final class PredictionBatch<O> implements AutoCloseable {
  private final RowPredictors predictors;
  private final RowPredictors.Kind kind;
  private final ThinkingBudget budget;
  private final List<PredictionRequest<O>> requests;
  private final List<Row> rows = new ArrayList<>();
  private final int size;
  private final Predictor predictor;
  private final Map<String, Array> contexts;
  private final CompactedThinking thinking;
  private final Map<Integer, Predictor> smaller = new HashMap<>();
  private int candidate;
  private int steps;

  /** The candidate of a row that has the lowest score so far, and the one being thought about. */
  private static final class Row {
    private final int number;
    private final SelfVerification choice = new SelfVerification();
    private List<Double> energies = new ArrayList<>();
    private List<Double> best = List.of();
    private @Nullable Array chosen;
    private int evaluations;

    private Row(int number) {
      this.number = number;
    }
  }

  private PredictionBatch(
      RowPredictors predictors,
      ThinkingBudget budget,
      boolean holding,
      List<PredictionRequest<O>> requests) {
    this.predictors = predictors;
    this.budget = budget;
    this.requests = List.copyOf(requests);
    this.size = RowPredictors.rows(requests.size());
    this.kind = new RowPredictors.Kind(size, holding);
    this.contexts = contexts();
    this.predictor = predictors.take(kind);
    this.thinking =
        CompactedThinking.ofRows(predictor, contexts, size, (count, one) -> smaller(count));
    for (int i = 0; i < requests.size(); i++) {
      rows.add(new Row(i));
    }
  }

  /**
   * Observes the contexts of requests, which were prepared, and begins their first candidates.
   *
   * @param holding whether elements are given, or rows have seeds of their own
   */
  static <O> PredictionBatch<O> of(
      RowPredictors predictors,
      ThinkingBudget budget,
      boolean holding,
      List<PredictionRequest<O>> requests) {
    PredictionBatch<O> batch = new PredictionBatch<>(predictors, budget, holding, requests);
    try {
      if (holding) {
        batch.predictor.hold(batch.fixed());
      }
      batch.predictor.observe(batch.contexts);
      batch.begin();
      batch.forEachRow((row, request) -> request.begin(() -> batch.unfinished(row)));
      return batch;
    } catch (RuntimeException | Error e) {
      batch.close();
      throw e;
    }
  }

  /** Returns the predictor that some rows move to once others have stopped. */
  private Predictor smaller(int count) {
    return smaller.computeIfAbsent(
        count, absent -> predictors.take(new RowPredictors.Kind(count, kind.holding())));
  }

  /** Returns the request of a row; the first one for a row without. */
  private PredictionRequest<O> request(int row) {
    return requests.get(row < requests.size() ? row : 0);
  }

  private Map<String, Array> contexts() {
    Map<String, Array> contexts = new LinkedHashMap<>();
    for (int row = 0; row < size; row++) {
      request(row)
          .context()
          .forEach((name, feature) -> contexts.merge(name, feature, Array::concat));
    }
    return contexts;
  }

  /** Returns the given elements of all rows. */
  private FixedElements fixed() {
    Array zeros = Array.filled(predictor.candidates().shape().with(0, 1), 0);
    FixedElements none = new FixedElements(zeros, zeros);
    List<FixedElements> each =
        IntStream.range(0, size).mapToObj(row -> request(row).fixed().orElse(none)).toList();
    return new FixedElements(
        each.stream().map(FixedElements::mask).reduce(Array::concat).orElseThrow(),
        each.stream().map(FixedElements::values).reduce(Array::concat).orElseThrow());
  }

  private void begin() {
    steps = 0;
    rows.forEach(row -> row.energies = new ArrayList<>());
    if (predictor.seedsEachRow()) {
      long[] seeds = new long[size];
      Arrays.setAll(seeds, row -> SelfVerification.seed(request(row).seed(), candidate));
      predictor.beginEach(Array.of(Shape.of(size), seeds));
    } else {
      predictor.begin(SelfVerification.seed(requests.get(0).seed(), candidate));
    }
    boolean[] wanted = new boolean[size];
    rows.forEach(row -> wanted[row.number] = true);
    thinking.begin(wanted);
  }

  /** Returns the requests that were not removed. */
  List<PredictionRequest<O>> requests() {
    return rows.stream().map(row -> requests.get(row.number)).toList();
  }

  /** Takes one step of all rows; returns whether the predictions were made. */
  boolean advance() {
    if (!predictor.thinks()) {
      predictor.reach(budget.steps(), budget.tolerance());
      steps = budget.steps();
      endCandidate(Optional.empty());
    } else if (isLastStep()) {
      thinking.putBack();
      // Rows that were left out stay as they are; the final energy is in the last landscape.
      predictor.endThinking(budget.steps());
      endCandidate(Optional.of(predictor.energy()));
    }
    if (candidate < budget.candidates()) {
      return false;
    }
    forEachRow((row, request) -> request.add(chosen(row), row.best, row.evaluations));
    return true;
  }

  /** Takes a step if a prediction continues; returns whether none does then. */
  private boolean isLastStep() {
    if (!thinking.continues()) { // Those that did were removed.
      return true;
    }
    StepResult step =
        thinking.step(
            predictor.stepSizeScale(budget.steps()), budget.tolerance(), budget.steps() - steps);
    steps++;
    forEachRow(
        (row, request) -> {
          if (at(step.updated(), row, request) != 0) {
            row.energies.add(at(step.energy(), row, request));
          }
        });
    return steps == budget.steps() || !thinking.continues();
  }

  /** Ends the thinking about one candidate of each row, and begins the next one. */
  private void endCandidate(Optional<Array> energy) {
    boolean several = budget.candidates() > 1;
    Array made = predictor.candidate();
    Optional<Array> used = predictor.evaluationsUsed();
    Optional<Array> scores =
        !several || predictor.selectsByEnergy() ? energy : Optional.of(predictor.selectionScores());
    forEachRow(
        (row, request) -> {
          energy.ifPresent(all -> row.energies.add(at(all, row, request)));
          row.evaluations += Math.max(1, evaluations(used, row)) + (several ? 1 : 0);
          double score = scores.map(all -> at(all, row, request)).orElse(0.0);
          row.choice.offer(Array.scalar(score), Map.of());
          if (row.choice.chosen()[0] == candidate) {
            row.chosen = made.row(row.number);
            row.best = row.energies;
          }
        });
    candidate++;
    if (candidate < budget.candidates()) {
      begin();
    }
  }

  /**
   * Returns the evaluations of the candidate of a row that is thought about.
   *
   * @param used those of each prediction, if they differ
   */
  private int evaluations(Optional<Array> used, Row row) {
    return used.map(all -> (int) Math.round(at(all, row, requests.get(row.number))))
        .orElseGet(() -> predictor.evaluations(steps));
  }

  private static Array chosen(Row row) {
    return requireNonNull(row.chosen);
  }

  /** Returns the value of a row's prediction. */
  private double at(Array values, Row row, PredictionRequest<O> request) {
    int each = values.shape().elements() / size;
    return values.real(row.number * each + request.task().position());
  }

  /**
   * Returns the prediction of a row between two steps: the best of the candidates that are
   * complete, or else the one that is thought about.
   */
  private PredictionRequest.Unfinished unfinished(Row row) {
    thinking.copyBack();
    Array best = row.chosen;
    int evaluations = row.evaluations + evaluations(predictor.evaluationsUsed(), row);
    return best != null
        ? new PredictionRequest.Unfinished(best, Prediction.of(row.best, evaluations))
        : new PredictionRequest.Unfinished(
            predictor.candidate().row(row.number), Prediction.of(row.energies, evaluations));
  }

  @FunctionalInterface
  private interface RowAction<O> {
    void on(Row row, PredictionRequest<O> request);
  }

  private void forEachRow(RowAction<O> action) {
    rows.forEach(row -> action.on(row, requests.get(row.number)));
  }

  /** Leaves a request out; returns whether it was the last one, with which the batch is closed. */
  boolean remove(InferenceSession.Request<O> request) {
    for (Row row : rows) {
      if (requests.get(row.number) == request) {
        thinking.drop(row.number);
      }
    }
    boolean removed = rows.removeIf(row -> requests.get(row.number) == request);
    if (removed && rows.isEmpty()) {
      close();
      return true;
    }
    return false;
  }

  /** Gives the predictors back. */
  @Override
  public void close() {
    predictors.put(kind, predictor);
    smaller.forEach(
        (count, one) -> predictors.put(new RowPredictors.Kind(count, kind.holding()), one));
    smaller.clear();
  }
}
