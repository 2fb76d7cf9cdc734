package dev.ebt.think;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.DistributionMetric;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Modality;
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
 * The evaluation of loss and energy over examples, for each compute budget. Means are over
 * predictions by weight, independent of batches: a short last batch counts no more than its
 * predictions do. The same examples and seed give the same metrics.
 */
public final class Evaluation {
  static final String LOSS = "loss";
  static final String ENERGY = "energy";

  /** The name of the metric of network evaluations where predictions differ in it. */
  public static final String EVALUATIONS = "evaluations";

  private final Predictor predictor;
  private final Modality modality;
  private final int rows;
  private final @Nullable ThinkingDiagnostics diagnostics;

  /** Creates an evaluation with a predictor of {@code rows} rows. */
  public Evaluation(Predictor predictor, Modality modality, int rows) {
    this(predictor, modality, rows, null);
  }

  /**
   * Creates an evaluation that also measures what thinking does.
   *
   * @param diagnostics of this evaluation only, which the caller closes; null for none
   */
  public Evaluation(
      Predictor predictor, Modality modality, int rows, @Nullable ThinkingDiagnostics diagnostics) {
    this.predictor = predictor;
    this.modality = modality;
    this.rows = rows;
    this.diagnostics = diagnostics;
  }

  /**
   * The compute budgets to evaluate: each number of steps with each number of candidates, of which
   * {@link SelfVerification} selects one per prediction.
   *
   * @param steps increasing numbers, from 0
   * @param candidates increasing numbers, from 1
   */
  public record ComputeBudgets(List<Integer> steps, List<Integer> candidates) {
    /** Makes unmodifiable copies of the lists. */
    public ComputeBudgets {
      steps = List.copyOf(steps);
      candidates = List.copyOf(candidates);
    }

    /** Returns budgets of one candidate. */
    public static ComputeBudgets of(List<Integer> steps) {
      return new ComputeBudgets(steps, List.of(1));
    }

    /**
     * Checks that several candidates are requested only of a model with an energy to select by.
     *
     * @throws UserException if a model without an energy is to have any number other than 1
     */
    public void checkCandidates(boolean thinks) {
      if (!thinks && !candidates.equals(List.of(1))) {
        throw new UserException(
            "this model has no energies to choose by: it has no candidates "
                + candidates
                + ", only 1");
      }
    }
  }

  /**
   * The results at one compute budget.
   *
   * @param steps number of steps taken
   * @param candidates number of candidates from which the best was selected
   * @param evaluations of the network for each prediction, at most
   * @param seconds thinking time for all predictions, without computing metrics and reading data
   * @param means weighted means: {@code loss}, every metric of the modality, {@code energy}
   * @param together metrics of all predictions together, where requested
   * @param predictions total weight of the predictions
   * @param effect what thinking did; empty if it was not measured
   */
  public record Result(
      int steps,
      int candidates,
      int evaluations,
      double seconds,
      Map<String, Double> means,
      Map<String, Double> together,
      double predictions,
      Optional<ThinkingEffect> effect) {
    /** Creates results without what thinking did. */
    public Result(
        int steps,
        int candidates,
        int evaluations,
        double seconds,
        Map<String, Double> means,
        Map<String, Double> together,
        double predictions) {
      this(steps, candidates, evaluations, seconds, means, together, predictions, Optional.empty());
    }

    /** Returns the mean loss. */
    public double loss() {
      return means.get(LOSS);
    }

    /** Returns the mean number of evaluations where a stopping rule ended predictions apart. */
    public Number evaluationsUsed() {
      Double mean = means.get(EVALUATIONS);
      return mean == null ? (Number) evaluations : mean;
    }

    /** Returns whether the model has an energy. */
    public boolean hasEnergy() {
      return means.containsKey(ENERGY);
    }

    /** Returns the mean energy, in the landscape of the last step. */
    public double energy() {
      return means.get(ENERGY);
    }
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
  public List<Result> evaluate(Examples examples, int limit, List<Integer> steps, long seed) {
    return evaluate(examples, limit, ComputeBudgets.of(steps), seed);
  }

  /** Returns the results of each number of steps and, within it, of each number of candidates. */
  public List<Result> evaluate(Examples examples, int limit, ComputeBudgets budgets, long seed) {
    return evaluate(examples, limit, budgets, seed, Optional::empty);
  }

  /**
   * Returns the results, including metrics of all predictions together.
   *
   * @param together supplies a new, empty metric at every call; an empty optional for no such
   *     metric
   */
  public List<Result> evaluate(
      Examples examples,
      int limit,
      ComputeBudgets budgets,
      long seed,
      Supplier<Optional<DistributionMetric>> together) {
    Map<List<Integer>, Sums> all = new LinkedHashMap<>();
    for (int steps : budgets.steps()) {
      for (int candidates : budgets.candidates()) {
        all.put(List.of(steps, candidates), new Sums(together.get()));
      }
    }
    Map<List<Integer>, DistributionMetric> sets = new HashMap<>();
    all.forEach((key, sums) -> sums.set.ifPresent(set -> sets.put(key, set)));
    walk(
        examples,
        limit,
        budgets,
        seed,
        sets,
        result -> all.get(List.of(result.steps(), result.candidates())).add(result));
    List<Result> results = new ArrayList<>();
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
        ranks.add(result.metrics().get(ENERGY), result.metrics().get(LOSS), result.weight());
      }
      seconds += result.seconds();
    }

    Result result(int steps, int candidates) {
      Map<String, Double> values = means.means();
      Optional<ThinkingEffect> effect = effect(values);
      return new Result(
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
      Double moved = values.remove(BatchEvaluator.MOVED);
      Double firstLoss = values.remove(BatchEvaluator.FIRST_LOSS);
      return Optional.of(
          new ThinkingEffect(
              moved,
              firstLoss == null
                  ? OptionalDouble.empty()
                  : OptionalDouble.of(firstLoss - values.get(LOSS)),
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
   * candidate serves all numbers of steps, and a larger number of candidates extends a smaller one.
   * A context is observed once for all candidates, or once per landscape and candidate where
   * landscapes differ.
   */
  public void walk(
      Examples examples,
      int limit,
      ComputeBudgets budgets,
      long seed,
      Consumer<BatchResult> listener) {
    walk(examples, limit, budgets, seed, Map.of(), listener);
  }

  private void walk(
      Examples examples,
      int limit,
      ComputeBudgets budgets,
      long seed,
      Map<List<Integer>, DistributionMetric> sets,
      Consumer<BatchResult> listener) {
    budgets.steps().forEach(predictor::check);
    budgets.checkCandidates(predictor.thinks());
    SelfVerification.requireDifferent(predictor, Collections.max(budgets.candidates()));
    int count = Math.min(limit, examples.size());
    if (count == 0) {
      throw new UserException("there is no validation data: no validation example");
    }
    for (int from = 0; from < count; from += rows) {
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
