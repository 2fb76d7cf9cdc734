package dev.ebt.run;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.tensor.Array;
import dev.ebt.think.Thinker;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The shape of the energy around where thinking ends: with y₀ the initial candidate and y the
 * candidate after the steps,
 *
 * <ul>
 *   <li>a chord is convex where E(y₀ + t (y − y₀)) ≤ (1 − t) E(y₀) + t E(y) for t = ¼, ½ and ¾: no
 *       barrier and no bulge lies on the straight line between them;
 *   <li>the radius of the basin is the largest r of 0.25, 0.5, 1, 2 and 4 up to which thinking from
 *       y + r |y − y₀| u, with u a random direction of length 1, falls by at least 95 % of E(y₀) −
 *       E(y) below E(y₀), in as many steps; 0 if it does not for the first of them.
 * </ul>
 *
 * @param steps the number of steps
 * @param predictions the number of predictions
 * @param convexChords the share of predictions whose chord is convex
 * @param radius the mean radius, in lengths of the way from the initial candidate
 */
public record BasinShape(int steps, int predictions, double convexChords, double radius) {
  /** Returns whether a model has a basin: that of one energy for all steps. */
  public static boolean isDefined(RunParts parts) {
    return parts.thinks() && parts.thinking().landscapes() == 1;
  }

  /**
   * Computes the shape for the first validation examples of a model, with the steps, examples per
   * batch and limit of a request.
   *
   * @return for each number of steps
   * @throws UserException if the model has no energy or several, or there is no example
   */
  public static List<BasinShape> of(RunParts parts, EvaluationRequest request) {
    if (!isDefined(parts)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "a basin is that of one energy for all steps, and model '%s' does not have one; a run of"
                  + " an energy model with one landscape expected",
              parts.model().description()));
    }
    Examples examples = parts.dataset().validation();
    int count = Math.min(request.limit(), examples.size());
    if (count == 0) {
      throw new UserException("there is no validation data; another --data expected");
    }
    int together = Math.min(request.rowsTogether(), count);
    List<Sums> sums =
        request.budgets(parts).steps().stream()
            .map(steps -> new Sums(steps, new SplittableRandom(parts.configuration().seed())))
            .toList();
    try (Thinker thinker = parts.thinker(together)) {
      for (int from = 0; from < count; from += together) {
        int first = from;
        int rows = Math.min(together, count - from);
        Batch batch =
            examples.batch(IntStream.range(0, together).map(i -> first + i % rows).toArray());
        thinker.observe(batch.context());
        for (Sums each : sums) {
          thinker.begin(parts.configuration().seed() + from);
          each.add(thinker, batch.weight(), rows);
        }
      }
    }
    return sums.stream().map(Sums::result).toList();
  }

  /** Sums over predictions that count. */
  private static final class Sums {
    private final int steps;
    private final SplittableRandom random;
    private int predictions;
    private int convex;
    private double radius;

    Sums(int steps, SplittableRandom random) {
      this.steps = steps;
      this.random = random;
    }

    /** Adds the first rows of a batch, whose thinking has begun. */
    void add(Thinker thinker, Array weight, int rows) {
      ThinkingEnds ends = ThinkingEnds.of(thinker, steps);
      boolean[] chords = ends.convexChords(thinker);
      double[] radii = ends.radii(thinker, steps, random);
      int each = radii.length / weight.shape().elements();
      for (int i = 0; i < rows * (radii.length / weight.shape().size(0)); i++) {
        if (weight.real(i / each) > 0) {
          predictions++;
          convex += chords[i] ? 1 : 0;
          radius += radii[i];
        }
      }
    }

    BasinShape result() {
      return new BasinShape(
          steps, predictions, convex / (double) predictions, radius / predictions);
    }
  }
}
