package dev.ebt.report;

import static java.util.Objects.requireNonNull;

import dev.ebt.error.Required;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.predict.Predictor;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import dev.ebt.think.PredictionEvaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Validation examples with the loss and energy of each prediction after each number of steps. The
 * numbers are those of {@code eval} for as many rows.
 *
 * @param steps the numbers of steps, ascending
 * @param usual the index of the model's own number of steps among them
 * @param rows the number of examples
 * @param predictions all predictions, in the order of rows
 * @param first the first example as a batch of one row
 * @param candidate the candidate of the first example after the model's own number of steps, [1,
 *     candidate...]
 */
public record ThinkingSample(
    List<Integer> steps,
    int usual,
    int rows,
    List<Trace> predictions,
    Batch first,
    Array candidate) {
  private static final int TOGETHER = 16;

  /** Copies the lists. */
  public ThinkingSample {
    steps = List.copyOf(steps);
    predictions = List.copyOf(predictions);
  }

  /**
   * One prediction.
   *
   * @param row of the examples
   * @param position among the predictions of the row
   * @param losses by number of steps
   * @param energies by number of steps; empty for a model without an energy
   */
  public record Trace(int row, int position, double[] losses, double[] energies) {}

  /**
   * Predicts validation examples.
   *
   * @param limit the maximum number of examples
   * @throws dev.ebt.error.UserException if there are none, or they cannot be read
   */
  static ThinkingSample of(RunParts parts, int limit) {
    TreeSet<Integer> steps = new TreeSet<>(parts.steps().trained());
    steps.add(parts.steps().taken());
    Examples examples = parts.dataset().validation();
    int together = Math.max(1, Math.min(TOGETHER, Math.min(limit, examples.size())));
    try (Predictor predictor = parts.predictor(together)) {
      Collector collector = new Collector(List.copyOf(steps), parts.steps().taken(), predictor);
      new PredictionEvaluator(predictor, parts.modality(), together)
          .forEachBatch(
              examples,
              limit,
              ComputeBudgets.of(collector.steps),
              parts.configuration().seed(),
              collector::add);
      return collector.sample();
    }
  }

  /** Returns whether the model has an energy. */
  public boolean hasEnergy() {
    return !predictions.isEmpty() && predictions.get(0).energies().length > 0;
  }

  /** Returns the mean loss after each number of steps. */
  public double[] meanLosses() {
    return means(Trace::losses);
  }

  /** Returns the mean energy after each number of steps; empty for a model without an energy. */
  public double[] meanEnergies() {
    return hasEnergy() ? means(Trace::energies) : new double[0];
  }

  private double[] means(Function<Trace, double[]> values) {
    double[] means = new double[steps.size()];
    for (Trace trace : predictions) {
      for (int i = 0; i < means.length; i++) {
        means[i] += values.apply(trace)[i] / predictions.size();
      }
    }
    return means;
  }

  /** Collects the results of the batches. */
  private static final class Collector {
    private final List<Integer> steps;
    private final int usual;
    private final Predictor predictor;
    private final List<Trace> predictions = new ArrayList<>();
    private List<@Nullable Trace> batch = new ArrayList<>();
    private int rows;
    private @Nullable Batch first;
    private @Nullable Array candidate;

    Collector(List<Integer> steps, int taken, Predictor predictor) {
      this.steps = steps;
      this.usual = steps.indexOf(taken);
      this.predictor = predictor;
    }

    void add(PredictionEvaluator.BatchResult result) {
      int index = steps.indexOf(result.steps());
      if (index == 0) {
        begin(result);
      }
      if (result.first() == 0 && index == usual) {
        first = result.batch().slice(0, 1);
        candidate = predictor.candidate().slice(0, 1);
      }
      Array losses = Required.of(result.metrics(), EvaluationResult.LOSS);
      @Nullable Array energies = result.metrics().get(EvaluationResult.ENERGY);
      for (int i = 0; i < batch.size(); i++) {
        Trace trace = batch.get(i);
        if (trace != null) {
          trace.losses()[index] = losses.real(i);
          if (energies != null) {
            trace.energies()[index] = energies.real(i);
          }
        }
      }
    }

    private void begin(PredictionEvaluator.BatchResult result) {
      boolean thinks = result.metrics().containsKey(EvaluationResult.ENERGY);
      int perRow = result.weight().length / result.batch().rows();
      batch = new ArrayList<>();
      for (int i = 0; i < result.weight().length; i++) {
        Trace trace =
            result.weight()[i] == 0
                ? null
                : new Trace(
                    result.first() + i / perRow,
                    i % perRow,
                    new double[steps.size()],
                    new double[thinks ? steps.size() : 0]);
        batch.add(trace);
        if (trace != null) {
          predictions.add(trace);
          rows = Math.max(rows, trace.row() + 1);
        }
      }
    }

    ThinkingSample sample() {
      return new ThinkingSample(
          steps,
          usual,
          rows,
          predictions,
          requireNonNull(first, "a first batch"),
          requireNonNull(candidate, "a candidate"));
    }
  }
}
