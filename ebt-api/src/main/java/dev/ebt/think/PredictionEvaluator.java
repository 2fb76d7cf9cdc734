package dev.ebt.think;

import dev.ebt.backend.ProcessGroup;
import dev.ebt.error.Required;
import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.DistributionMetric;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Modality;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.ThinkingEffect;
import dev.ebt.tensor.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An evaluator of predictions: loss, energy and metrics over examples, for each compute budget.
 * Means are over predictions by weight, independent of batches: a short last batch counts no more
 * than its predictions do. The same examples and seed give the same metrics.
 */
public final class PredictionEvaluator {
  private final Predictor predictor;
  private final Modality modality;
  private final int rows;
  private final @Nullable ThinkingDiagnostics diagnostics;

  /** Creates an evaluation with a predictor of {@code rows} rows. */
  public PredictionEvaluator(Predictor predictor, Modality modality, int rows) {
    this(predictor, modality, rows, null);
  }

  /**
   * Creates an evaluation that also measures what thinking does.
   *
   * @param diagnostics of this evaluation only, which the caller closes; null for none
   */
  public PredictionEvaluator(
      Predictor predictor, Modality modality, int rows, @Nullable ThinkingDiagnostics diagnostics) {
    this.predictor = predictor;
    this.modality = modality;
    this.rows = rows;
    this.diagnostics = diagnostics;
  }

  /**
   * The results of one batch at one compute budget.
   *
   * @param first position of the first row among the examples; the others follow it
   * @param batch the rows
   * @param weight of each prediction, 0 for rows that are padding
   * @param metrics metrics of each prediction: {@code loss}, every metric of the modality, {@code
   *     energy}
   * @param seconds thinking time, without computing metrics
   */
  public record BatchResult(
      int steps,
      int candidates,
      int first,
      Batch batch,
      float[] weight,
      Map<String, Array> metrics,
      double seconds) {}

  /**
   * Returns the results after each given number of steps, with one candidate.
   *
   * @param limit maximum number of examples, counted from the first
   * @param steps increasing numbers of steps, from 0
   */
  public List<EvaluationResult> evaluate(
      Examples examples, int limit, List<Integer> steps, long seed) {
    return evaluate(examples, limit, ComputeBudgets.of(steps), seed);
  }

  /**
   * Returns the results of an evaluation that several processes share: N of them evaluate every
   * N-th batch each. All have to call this, and the first one receives the results, with the
   * thinking time of its own share; those of the others are of no use.
   *
   * @throws dev.ebt.backend.LostProcessException if another process is lost
   * @throws IllegalArgumentException if there are several processes and this has diagnostics
   */
  public List<EvaluationResult> evaluate(
      Examples examples, int limit, List<Integer> steps, long seed, ProcessGroup processes) {
    if (diagnostics != null && processes.size() > 1) {
      throw new IllegalArgumentException("diagnostics of thinking are not summed over processes");
    }
    return evaluate(examples, limit, ComputeBudgets.of(steps), seed, Optional::empty, processes);
  }

  /** Returns the results of each number of steps and, within it, of each number of candidates. */
  public List<EvaluationResult> evaluate(
      Examples examples, int limit, ComputeBudgets budgets, long seed) {
    return evaluate(examples, limit, budgets, seed, Optional::empty);
  }

  /**
   * Returns the results, including metrics of all predictions together.
   *
   * @param together supplies a new, empty metric at every call; an empty optional for no such
   *     metric
   */
  public List<EvaluationResult> evaluate(
      Examples examples,
      int limit,
      ComputeBudgets budgets,
      long seed,
      Supplier<Optional<DistributionMetric>> together) {
    return evaluate(examples, limit, budgets, seed, together, ProcessGroup.alone());
  }

  private List<EvaluationResult> evaluate(
      Examples examples,
      int limit,
      ComputeBudgets budgets,
      long seed,
      Supplier<Optional<DistributionMetric>> together,
      ProcessGroup processes) {
    Map<List<Integer>, Sums> all = new LinkedHashMap<>();
    for (int steps : budgets.steps()) {
      for (int candidates : budgets.candidates()) {
        all.put(List.of(steps, candidates), new Sums(together.get()));
      }
    }
    Map<List<Integer>, DistributionMetric> sets = new HashMap<>();
    all.forEach((key, sums) -> sums.set.ifPresent(set -> sets.put(key, set)));
    forEachBatch(
        examples,
        limit,
        budgets,
        seed,
        sets,
        processes,
        result -> Required.of(all, List.of(result.steps(), result.candidates())).add(result));
    if (processes.size() > 1) {
      all.values().forEach(sums -> sums.means.addOthers(processes));
    }
    List<EvaluationResult> results = new ArrayList<>();
    all.forEach((key, sums) -> results.add(sums.result(key.get(0), key.get(1))));
    return results;
  }

  /** The sums at one compute budget. */
  private final class Sums {
    private final WeightedMeans means = new WeightedMeans();
    private final RankCorrelation ranks = new RankCorrelation();
    private final Optional<DistributionMetric> set;
    private double seconds;

    Sums(Optional<DistributionMetric> set) {
      this.set = set;
    }

    void add(BatchResult result) {
      means.add(result.metrics(), result.weight());
      if (diagnostics != null) {
        ranks.add(
            Required.of(result.metrics(), EvaluationResult.ENERGY),
            Required.of(result.metrics(), EvaluationResult.LOSS),
            result.weight());
      }
      seconds += result.seconds();
    }

    EvaluationResult result(int steps, int candidates) {
      Map<String, Double> values = means.means();
      Optional<ThinkingEffect> effect = effect(values);
      return new EvaluationResult(
          steps,
          candidates,
          evaluations(steps, candidates),
          seconds,
          values,
          set.map(DistributionMetric::metrics).orElse(Map.of()),
          means.weight(),
          effect);
    }

    /** Returns what thinking did, and takes its values out of the means. */
    private Optional<ThinkingEffect> effect(Map<String, Double> values) {
      if (diagnostics == null) {
        return Optional.empty();
      }
      double moved = Required.of(values, BatchEvaluator.MOVED);
      values.remove(BatchEvaluator.MOVED);
      Double firstLoss = values.remove(BatchEvaluator.FIRST_LOSS);
      return Optional.of(
          new ThinkingEffect(
              moved,
              firstLoss == null
                  ? OptionalDouble.empty()
                  : OptionalDouble.of(firstLoss - Required.of(values, EvaluationResult.LOSS)),
              ranks.value(),
              diagnostics.wrongLower()));
    }
  }

  /** Returns the number of network evaluations for each prediction. */
  public int evaluations(int steps, int candidates) {
    return candidates == 1
        ? predictor.evaluations(steps)
        : SelfVerification.evaluations(steps, candidates);
  }

  /**
   * Evaluates examples and passes every batch at every compute budget to a listener. One pass per
   * candidate serves all numbers of steps, unless candidates repel each other, and a larger number
   * of candidates extends a smaller one. A context is observed once for all candidates, or once per
   * landscape and candidate where landscapes differ.
   */
  public void forEachBatch(
      Examples examples,
      int limit,
      ComputeBudgets budgets,
      long seed,
      Consumer<BatchResult> listener) {
    forEachBatch(examples, limit, budgets, seed, Map.of(), ProcessGroup.alone(), listener);
  }

  private void forEachBatch(
      Examples examples,
      int limit,
      ComputeBudgets budgets,
      long seed,
      Map<List<Integer>, DistributionMetric> sets,
      ProcessGroup processes,
      Consumer<BatchResult> listener) {
    budgets.steps().forEach(predictor::check);
    budgets.checkCandidates(predictor.thinks());
    SelfVerification.requireDifferent(predictor, Collections.max(budgets.candidates()));
    int count = Math.min(limit, examples.size());
    if (count == 0) {
      throw new UserException("there is no validation data: no validation example");
    }
    // Batch by batch in turns; a batch has the random numbers of its place in any process.
    for (int from = processes.rank() * rows; from < count; from += processes.size() * rows) {
      int filled = Math.min(rows, count - from);
      int first = from;
      int[] positions = IntStream.range(0, rows).map(i -> first + (i < filled ? i : 0)).toArray();
      Batch batch = examples.batch(positions);
      new BatchEvaluator(
              predictor,
              modality.target().name(),
              budgets,
              first,
              batch,
              filled,
              sets,
              diagnostics,
              listener)
          .all(seed + from);
    }
  }
}
