package dev.ebt.think;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Modality;
import dev.ebt.tensor.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Loss and energy against the number of thinking steps, over examples. Means are over predictions
 * by their weight, whatever batch they came in: a short last batch counts no more than its
 * predictions do. The same examples and seed give the same figures.
 */
public final class Evaluation {
  private static final String LOSS = "loss";
  private static final String ENERGY = "energy";

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
   * The state of things after some steps.
   *
   * @param steps how many steps were taken
   * @param means weighted means: {@code loss}, every measure of the modality, {@code energy}
   * @param predictions how many predictions they are over, by weight
   */
  public record Result(int steps, Map<String, Double> means, double predictions) {
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
   * Results after each of the given numbers of steps, from one walk per row.
   *
   * @param limit at most so many examples, from the first on
   * @param steps increasing numbers of steps, from 0
   */
  public List<Result> evaluate(Examples examples, int limit, List<Integer> steps, long seed) {
    if (!predictor.thinks() && !steps.equals(List.of(0))) {
      throw new UserException(
          "this model predicts at once, without thinking: it has no steps " + steps + ", only 0");
    }
    int count = Math.min(limit, examples.size());
    if (count == 0) {
      throw new UserException("there is no data to judge the model by: no validation example");
    }
    List<Map<String, Double>> sums =
        steps.stream().<Map<String, Double>>map(s -> new LinkedHashMap<>()).toList();
    double weights = 0;
    for (int from = 0; from < count; from += rows) {
      int filled = Math.min(rows, count - from);
      int first = from;
      int[] positions = IntStream.range(0, rows).map(i -> first + (i < filled ? i : 0)).toArray();
      Batch batch = examples.batch(positions);
      float[] weight = weights(batch, filled);
      for (float w : weight) {
        weights += w;
      }
      walk(batch, weight, steps, seed + from, sums);
    }
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      double total = weights;
      Map<String, Double> means = sums.get(i);
      means.replaceAll((name, sum) -> sum / total);
      results.add(new Result(steps.get(i), means, total));
    }
    return results;
  }

  private void walk(
      Batch batch, float[] weight, List<Integer> steps, long seed, List<Map<String, Double>> sums) {
    predictor.observe(batch.context());
    predictor.begin(seed);
    int taken = 0;
    for (int i = 0; i < steps.size(); i++) {
      for (; taken < steps.get(i); taken++) {
        predictor.step(1, 0);
      }
      Map<String, Double> sum = sums.get(i);
      predictor
          .assess(modality.target().name(), batch.target())
          .forEach((name, values) -> sum.merge(name, weighted(values, weight), Double::sum));
      if (predictor.thinks()) {
        sum.merge(ENERGY, weighted(predictor.energy(), weight), Double::sum);
      }
    }
  }

  /** The batch' weights, 0 for rows that only fill it up. */
  private static float[] weights(Batch batch, int filled) {
    float[] weight = batch.weight().floats().clone();
    int perRow = weight.length / batch.rows();
    java.util.Arrays.fill(weight, filled * perRow, weight.length, 0);
    return weight;
  }

  private static double weighted(Array values, float[] weight) {
    double sum = 0;
    for (int i = 0; i < weight.length; i++) {
      if (weight[i] != 0) {
        sum += weight[i] * values.real(i);
      }
    }
    return sum;
  }
}
