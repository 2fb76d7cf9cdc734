package dev.ebt.run;

import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import dev.ebt.think.ExtremeCurvature;
import dev.ebt.think.Thinker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The Hessian ∂²E/∂y² where thinking ends after a number of steps: a candidate is no minimum of the
 * energy where its smallest eigenvalue is below 0.
 *
 * @param steps the number of steps
 * @param predictions the number of predictions
 * @param smallest the mean of the smallest eigenvalue, estimated from above
 * @param largest the mean of the largest eigenvalue, estimated from below
 * @param negative the share of predictions with a negative eigenvalue: the estimate of the smallest
 *     is below −0.001 times the largest magnitude of both. A lower bound of the share, as a
 *     negative eigenvalue that the estimate has not reached is not counted
 */
public record EndPointCurvature(
    int steps, int predictions, double smallest, double largest, double negative) {
  /** Products with the Hessian: see {@link dev.ebt.think.CurvatureEstimator#extremes}. */
  private static final int ITERATIONS = 100;

  /** What counts as 0, relative to the largest magnitude: above the rounding of derivatives. */
  private static final double FLAT = 1e-3;

  /**
   * Computes the curvature for the first validation examples of a model, with the steps, examples
   * per batch and limit of a request. Each number of steps is that of a first candidate, which no
   * other displaces.
   *
   * @return for each number of steps
   * @throws UserException if the model has no energy, there is no example, or an energy is not
   *     finite
   */
  public static List<EndPointCurvature> of(RunParts parts, EvaluationRequest request) {
    if (!parts.thinks()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "the curvature is that of an energy, and model '%s' has none; a run of an energy"
                  + " model expected",
              parts.model().description()));
    }
    ValidationBatches batches =
        ValidationBatches.of(parts, request.rowsTogether(), request.limit());
    List<Integer> steps = request.budgets(parts).steps();
    List<Sums> sums = new ArrayList<>();
    steps.forEach(each -> sums.add(new Sums()));
    try (Thinker thinker = parts.withoutRepulsion().thinker(batches.rows())) {
      batches.forEach(
          part -> {
            thinker.observe(part.batch().context());
            for (int i = 0; i < steps.size(); i++) {
              thinker.begin(parts.configuration().seed() + part.from());
              thinker.reach(steps.get(i), 0);
              sums.get(i).add(thinker, part.batch().weight(), part.counted());
            }
          });
    }
    return IntStream.range(0, steps.size())
        .mapToObj(i -> sums.get(i).result(steps.get(i)))
        .toList();
  }

  /** Sums over predictions that count. */
  private static final class Sums {
    private int predictions;
    private double smallest;
    private double largest;
    private int negative;

    /** Adds the first rows of a batch. */
    void add(Thinker thinker, Array weight, int rows) {
      ExtremeCurvature found = thinker.curvature().extremes(ITERATIONS);
      double[] low = found.smallest().doubles();
      double[] high = found.largest().doubles();
      if (!Arrays.stream(low).allMatch(Double::isFinite)) {
        throw new UserException(
            "the curvature of the energy is not finite where thinking ends; fewer --steps or a"
                + " smaller thinking.stepSize expected");
      }
      int each = high.length / weight.shape().elements();
      for (int i = 0; i < rows * (high.length / weight.shape().size(0)); i++) {
        if (weight.real(i / each) > 0) {
          predictions++;
          smallest += low[i];
          largest += high[i];
          double flat = FLAT * Math.max(Math.abs(high[i]), Math.abs(low[i]));
          negative += low[i] < -flat ? 1 : 0;
        }
      }
    }

    EndPointCurvature result(int steps) {
      double count = predictions;
      return new EndPointCurvature(
          steps, predictions, smallest / count, largest / count, negative / count);
    }
  }
}
