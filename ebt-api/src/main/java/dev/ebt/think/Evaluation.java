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
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Loss and energy against the effort of thinking, over examples. Means are over predictions by
 * their weight, whatever batch they came in: a short last batch counts no more than its predictions
 * do. The same examples and seed give the same figures.
 */
public final class Evaluation {
  private static final String LOSS = "loss";
  static final String ENERGY = "energy";

  private final Predictor predictor;
  private final Modality modality;
  private final int rows;

  /** Evaluates with a predictor of {@code rows} rows. */
  public Evaluation(Predictor predictor, Modality modality, int rows) {
    this.predictor = predictor;
    this.modality = modality;
    this.rows = rows;
  }

  /**
   * How much thinking is looked at: each number of steps with each number of candidates, of which
   * {@link SelfVerification} keeps one per prediction.
   *
   * @param steps increasing numbers, from 0
   * @param candidates increasing numbers, from 1
   */
  public record ComputeBudget(List<Integer> steps, List<Integer> candidates) {
    /** Keeps the numbers unmodifiable. */
    public ComputeBudget {
      steps = List.copyOf(steps);
      candidates = List.copyOf(candidates);
    }

    /** One candidate. */
    public static ComputeBudget of(List<Integer> steps) {
      return new ComputeBudget(steps, List.of(1));
    }

    /**
     * Makes sure that no choice is wanted of a model that has no energies to choose by.
     *
     * @throws UserException if there is
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
   * The state of things after some thinking.
   *
   * @param steps how many steps were taken
   * @param candidates of how many the best was kept
   * @param evaluations of the network for each prediction
   * @param seconds that the thinking took for all predictions, judging and reading left out
   * @param means weighted means: {@code loss}, every measure of the modality, {@code energy}
   * @param together figures of all predictions together, where they were asked for
   * @param predictions how many predictions they are over, by weight
   */
  public record Result(
      int steps,
      int candidates,
      int evaluations,
      double seconds,
      Map<String, Double> means,
      Map<String, Double> together,
      double predictions) {
    /** The mean loss. */
    public double loss() {
      return means.get(LOSS);
    }

    /** Whether the model has an energy. */
    public boolean hasEnergy() {
      return means.containsKey(ENERGY);
    }

    /** The mean energy, in the landscape last walked. */
    public double energy() {
      return means.get(ENERGY);
    }
  }

  /**
   * Some rows as they are after some thinking.
   *
   * @param first position of the first row among the examples; the others follow it
   * @param batch the rows
   * @param weight of each prediction, 0 for rows that only fill the batch up
   * @param figures of each prediction: {@code loss}, every measure of the modality, {@code energy}
   * @param seconds that the thinking took, judging left out
   */
  public record BatchResult(
      int steps,
      int candidates,
      int first,
      Batch batch,
      float[] weight,
      Map<String, Array> figures,
      double seconds) {}

  /**
   * Results after each of the given numbers of steps, with one candidate.
   *
   * @param limit at most so many examples, from the first on
   * @param steps increasing numbers of steps, from 0
   */
  public List<Result> evaluate(Examples examples, int limit, List<Integer> steps, long seed) {
    return evaluate(examples, limit, ComputeBudget.of(steps), seed);
  }

  /** Results of each number of steps and, within it, of each number of candidates. */
  public List<Result> evaluate(Examples examples, int limit, ComputeBudget effort, long seed) {
    return evaluate(examples, limit, effort, seed, Optional::empty);
  }

  /**
   * The same, and figures of all predictions together.
   *
   * @param together holds nothing yet at every call; empty if there are no such figures
   */
  public List<Result> evaluate(
      Examples examples,
      int limit,
      ComputeBudget effort,
      long seed,
      Supplier<Optional<DistributionMetric>> together) {
    Map<List<Integer>, Sums> all = new LinkedHashMap<>();
    for (int steps : effort.steps()) {
      for (int candidates : effort.candidates()) {
        all.put(List.of(steps, candidates), new Sums(together.get()));
      }
    }
    Map<List<Integer>, DistributionMetric> sets = new HashMap<>();
    all.forEach((key, sums) -> sums.set.ifPresent(set -> sets.put(key, set)));
    walk(
        examples,
        limit,
        effort,
        seed,
        sets,
        judged -> all.get(List.of(judged.steps(), judged.candidates())).add(judged));
    List<Result> results = new ArrayList<>();
    all.forEach((key, sums) -> results.add(sums.result(key.get(0), key.get(1))));
    return results;
  }

  /** What comes together at one effort. */
  private final class Sums {
    private final WeightedMeans means = new WeightedMeans();
    private final Optional<DistributionMetric> set;
    private double seconds;

    Sums(Optional<DistributionMetric> set) {
      this.set = set;
    }

    void add(BatchResult judged) {
      means.add(judged.figures(), judged.weight());
      seconds += judged.seconds();
    }

    Result result(int steps, int candidates) {
      return new Result(
          steps,
          candidates,
          evaluations(steps, candidates),
          seconds,
          means.means(),
          set.map(DistributionMetric::metrics).orElse(Map.of()),
          means.weight());
    }
  }

  /** How often the network is evaluated for each prediction. */
  public int evaluations(int steps, int candidates) {
    return candidates == 1
        ? predictor.evaluations(steps)
        : SelfVerification.evaluations(steps, candidates);
  }

  /**
   * Thinks about examples and tells of every batch at every effort. One walk per candidate serves
   * all numbers of steps, and the candidates of a larger number begin with those of a smaller one.
   * A context is observed once for all candidates, or once a landscape and candidate where
   * landscapes differ.
   */
  public void walk(
      Examples examples,
      int limit,
      ComputeBudget effort,
      long seed,
      Consumer<BatchResult> listener) {
    walk(examples, limit, effort, seed, Map.of(), listener);
  }

  private void walk(
      Examples examples,
      int limit,
      ComputeBudget effort,
      long seed,
      Map<List<Integer>, DistributionMetric> sets,
      Consumer<BatchResult> listener) {
    effort.steps().forEach(predictor::check);
    effort.checkCandidates(predictor.thinks());
    SelfVerification.requireDifferent(predictor, Collections.max(effort.candidates()));
    int count = Math.min(limit, examples.size());
    if (count == 0) {
      throw new UserException("there is no data to judge the model by: no validation example");
    }
    for (int from = 0; from < count; from += rows) {
      int filled = Math.min(rows, count - from);
      int first = from;
      int[] positions = IntStream.range(0, rows).map(i -> first + (i < filled ? i : 0)).toArray();
      Batch batch = examples.batch(positions);
      new BatchEvaluation(
              predictor, modality.target().name(), effort, first, batch, filled, sets, listener)
          .all(seed + from);
    }
  }
}
