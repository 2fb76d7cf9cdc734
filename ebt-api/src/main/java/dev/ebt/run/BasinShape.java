package dev.ebt.run;

import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import dev.ebt.think.Thinker;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The shape of the energy around where thinking ends: with y₀ the initial candidate and y the
 * candidate after the steps,
 *
 * <ul>
 *   <li>a chord is convex where E(y₀ + t (y − y₀)) ≤ (1 − t) E(y₀) + t E(y) for t = ¼, ½ and ¾: no
 *       barrier above the straight line of energies lies between them;
 *   <li>the radius of the basin is the largest r of 0.25, 0.5, 1, 2 and 4 up to which thinking from
 *       y + r |y − y₀| u, in as many steps, falls by at least 95 % of E(y₀) − E(y) below E(y₀) and
 *       ends no further from y than half as far as it began; 0 if it does not for the first of
 *       them. u is a random direction of length 1 that leaves elements alone which the context
 *       gives. How far is measured in model inputs, such as the probabilities of logits, which are
 *       the same after a shift. An end in another basin of the same energy is no return.
 * </ul>
 *
 * @param steps the number of steps, at least 1
 * @param predictions the number of predictions
 * @param convexChords the share of predictions whose chord is convex
 * @param radius the mean radius, in distances of y from y₀
 */
public record BasinShape(int steps, int predictions, double convexChords, double radius) {
  /** Returns whether a model has a basin: that of one energy for all steps. */
  public static boolean isDefined(RunParts parts) {
    return parts.thinks() && parts.thinking().landscapes() == 1;
  }

  /**
   * Computes the shape for the first validation examples of a model, with the steps, examples per
   * batch and limit of a request. Candidates do not repel each other.
   *
   * @return for each number of steps but 0, after which both ends are the same
   * @throws UserException if the model has no energy or several, or there is no example
   */
  public static List<BasinShape> of(RunParts parts, EvaluationRequest request) {
    if (!isDefined(parts)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "a basin is that of one energy for all steps, and model '%s' does not have one; a run"
                  + " of an energy model with one landscape expected",
              parts.model().description()));
    }
    ValidationBatches batches =
        ValidationBatches.of(parts, request.rowsTogether(), request.limit());
    long seed = parts.configuration().seed();
    List<Sums> sums =
        request.budgets(parts).steps().stream()
            .filter(steps -> steps > 0)
            .map(steps -> new Sums(steps, new SplittableRandom(seed)))
            .toList();
    try (Thinker thinker = parts.withoutRepulsion().thinker(batches.rows());
        CandidateSpace space =
            new CandidateSpace(parts.backend(), parts.modality(), batches.rows())) {
      batches.forEach(
          part -> {
            thinker.observe(part.batch().context());
            for (Sums each : sums) {
              thinker.begin(seed + part.from());
              each.add(thinker, space, part);
            }
          });
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
    void add(Thinker thinker, CandidateSpace space, ValidationBatches.Part part) {
      Array weight = part.batch().weight();
      ThinkingEnds ends = ThinkingEnds.of(thinker, steps);
      boolean[] chords = ends.convexChords(thinker);
      double[] radii = ends.radii(thinker, space, part.batch().context(), steps, random);
      int each = radii.length / weight.shape().elements();
      for (int i = 0; i < part.counted() * (radii.length / weight.shape().size(0)); i++) {
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
