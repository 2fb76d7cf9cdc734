package dev.ebt.think;

import dev.ebt.error.Required;
import dev.ebt.modality.Batch;
import dev.ebt.modality.DistributionMetric;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.predict.Predictor;
import dev.ebt.tensor.Array;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The evaluation of one batch: its candidates, one after the other, at every compute budget. Where
 * candidates repel each other, each number of steps has candidates of its own, which were displaced
 * by what as many steps made of those before them.
 */
final class BatchEvaluator {
  private static final String CANDIDATE = "the candidate itself";
  private static final double NANOS = 1e9;

  /** The metric of the distance from the initial candidate, if it is measured. */
  static final String MOVED = "distance from the initial candidate";

  /** The metric of the loss after the first step or sample, if it is measured. */
  static final String FIRST_LOSS = "loss after the first step";

  private final Predictor predictor;
  private final String target;
  private final ComputeBudgets budgets;
  private final int first;
  private final Batch batch;
  private final int filled;
  private final float[] weight;
  private final Map<List<Integer>, DistributionMetric> sets;
  private final @Nullable ThinkingDiagnostics diagnostics;
  private final Consumer<PredictionEvaluator.BatchResult> listener;
  private final List<SelfVerification> best;
  private final long[] nanos;
  private final double[][] evaluations;

  /**
   * Creates an evaluation; no candidate has been computed yet.
   *
   * @param target name of the target feature
   * @param first position of the batch's first row among the examples
   * @param filled number of rows that count; the remaining ones are padding
   * @param sets metrics to which candidates are added, by steps and candidates; empty for none
   * @param diagnostics measures what thinking does; null for none
   * @param listener receives the result of every compute budget
   */
  BatchEvaluator(
      Predictor predictor,
      String target,
      ComputeBudgets budgets,
      int first,
      Batch batch,
      int filled,
      Map<List<Integer>, DistributionMetric> sets,
      @Nullable ThinkingDiagnostics diagnostics,
      Consumer<PredictionEvaluator.BatchResult> listener) {
    this.predictor = predictor;
    this.target = target;
    this.budgets = budgets;
    this.first = first;
    this.batch = batch;
    this.filled = filled;
    this.weight = weights(batch, filled);
    this.sets = sets;
    this.diagnostics = diagnostics;
    this.listener = listener;
    this.best = budgets.steps().stream().map(s -> new SelfVerification()).toList();
    this.nanos = new long[budgets.steps().size()];
    this.evaluations = new double[budgets.steps().size()][];
  }

  void all(long seed) {
    int most = budgets.candidates().get(budgets.candidates().size() - 1);
    int together = most > 1 && predictor.candidatesRepel() ? 1 : nanos.length;
    for (int from = 0; from < nanos.length; from += together) {
      candidates(most, seed, from, from + together);
    }
    if (diagnostics != null) {
      diagnostics.compareTargets(batch, weight);
    }
  }

  /** Evaluates all candidates at a range of the numbers of steps. */
  private void candidates(int most, long seed, int from, int to) {
    long begun = System.nanoTime();
    predictor.observe(batch.context());
    Arrays.fill(nanos, from, to, System.nanoTime() - begun);
    for (int number = 0; number < most; number++) {
      candidate(number, SelfVerification.seed(seed, number), most > 1, from, to);
    }
  }

  private void candidate(int number, long seed, boolean choice, int from, int to) {
    long begun = System.nanoTime();
    predictor.begin(seed);
    long beginning = System.nanoTime() - begun;
    long thinking = beginning;
    @Nullable Array firstLoss = null;
    if (diagnostics != null) {
      diagnostics.begun();
    }
    for (int at = from; at < to; at++) {
      int i = at;
      int least = predictor.leastSteps();
      if (diagnostics != null && firstLoss == null && budgets.steps().get(i) >= least) {
        begun = System.nanoTime();
        predictor.reach(least, 0);
        thinking += System.nanoTime() - begun;
        firstLoss = predictor.assess(target, batch.target()).get(EvaluationResult.LOSS);
      }
      begun = System.nanoTime();
      predictor.reach(budgets.steps().get(i), 0);
      thinking = (predictor.continues() ? thinking : beginning) + System.nanoTime() - begun;
      begun = System.nanoTime();
      Map<String, Array> energy =
          predictor.thinks() ? Map.of(EvaluationResult.ENERGY, predictor.energy()) : Map.of();
      Optional<Array> scores =
          choice
              ? Optional.of(scores(Required.of(energy, EvaluationResult.ENERGY)))
              : Optional.empty();
      nanos[i] += thinking + (choice ? System.nanoTime() - begun : 0);
      Map<String, Array> metrics = new LinkedHashMap<>(predictor.assess(target, batch.target()));
      metrics.putAll(energy);
      if (diagnostics != null) {
        metrics.put(MOVED, diagnostics.moved());
      }
      if (firstLoss != null) {
        metrics.put(FIRST_LOSS, firstLoss);
      }
      if (!sets.isEmpty()) {
        metrics.put(CANDIDATE, predictor.candidate());
      }
      scores.ifPresent(values -> best.get(i).offer(values, metrics));
      Optional<Array> used = evaluations(i, number + 1);
      if (budgets.candidates().contains(number + 1)) {
        Map<String, Array> selected = choice ? best.get(i).selected() : metrics;
        used.ifPresent(count -> selected.put(EvaluationResult.EVALUATIONS, count));
        emit(i, number + 1, selected);
      }
    }
  }

  private Array scores(Array energy) {
    return predictor.selectsByEnergy() ? energy : predictor.selectionScores();
  }

  /**
   * Returns the evaluations of each prediction for all candidates so far, if they differ: those of
   * the steps, and with several candidates one more for the final energy of each.
   */
  private Optional<Array> evaluations(int budget, int candidates) {
    return predictor
        .evaluationsUsed()
        .map(
            used -> {
              double[] total =
                  evaluations[budget] == null ? used.doubles().clone() : evaluations[budget];
              if (evaluations[budget] != null) {
                Arrays.setAll(total, j -> total[j] + used.real(j));
              }
              evaluations[budget] = total;
              double more = candidates == 1 ? 0 : candidates;
              return Array.of(used.shape(), Arrays.stream(total).map(t -> t + more).toArray());
            });
  }

  private void emit(int i, int candidates, Map<String, Array> metrics) {
    Array candidate = metrics.remove(CANDIDATE);
    if (candidate != null) {
      Required.of(sets, List.of(budgets.steps().get(i), candidates)).add(batch, candidate, filled);
    }
    listener.accept(
        new PredictionEvaluator.BatchResult(
            budgets.steps().get(i), candidates, first, batch, weight, metrics, nanos[i] / NANOS));
  }

  /** Returns the batch's weights, with 0 for rows that are padding. */
  private static float[] weights(Batch batch, int filled) {
    float[] weight = batch.weight().floats().clone();
    int perRow = weight.length / batch.rows();
    Arrays.fill(weight, filled * perRow, weight.length, 0);
    return weight;
  }
}
