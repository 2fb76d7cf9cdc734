package dev.ebt.train.density;

import static dev.ebt.tensor.Functions.concat;
import static dev.ebt.tensor.Functions.stopGradient;
import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import dev.ebt.modality.Dataset;
import dev.ebt.objective.Objective.ObjectiveInputs;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How the negatives of each row are drawn, and which of them are used.
 *
 * @param source where they are from
 * @param drawn the number that is drawn for each row
 * @param hardest the number that is used, those of the lowest energy; all if {@code drawn}
 * @param cube where uniform ones are
 * @param chainSteps steps of langevin negatives
 */
record Negatives(
    NegativeSource source, int drawn, int hardest, UniformPoints cube, int chainSteps) {
  private static final int DRAWN = 16;
  private static final int STEPS = 4;
  private static final long SITE = (1L << 50) + 13;

  /** Fills in the defaults (of {@code InfoNce}) and rejects invalid values. */
  static Negatives of(
      @Nullable NegativeSource source,
      @Nullable Integer drawn,
      @Nullable Integer hardest,
      @Nullable Double low,
      @Nullable Double high,
      @Nullable Integer chainSteps) {
    NegativeSource from = requireNonNullElse(source, NegativeSource.UNIFORM);
    boolean given = from == NegativeSource.GIVEN;
    int count =
        DensityObjective.atLeastOne("negatives", requireNonNullElse(drawn, given ? 1 : DRAWN));
    if (given && count != 1) {
      throw SettingException.of("negatives", count, "with source: given, 1, that of the data,");
    }
    int used = DensityObjective.atLeastOne("hardest", requireNonNullElse(hardest, count));
    if (used > count) {
      throw SettingException.of("hardest", used, "at most negatives (" + count + ")");
    }
    int steps = DensityObjective.atLeastOne("chainSteps", requireNonNullElse(chainSteps, STEPS));
    return new Negatives(from, count, used, UniformPoints.of(low, high), steps);
  }

  boolean areGiven() {
    return source == NegativeSource.GIVEN;
  }

  /**
   * Checks that uniform negatives cover the data.
   *
   * @throws SettingException with bounds that hold it
   */
  void check(Dataset dataset) {
    if (source == NegativeSource.UNIFORM || source == NegativeSource.LANGEVIN) {
      cube.check(dataset);
    }
  }

  /**
   * Returns the energies of the negatives of each row, [hardest, rows, predictions...]. No gradient
   * passes through the points.
   *
   * @param name the objective, in messages
   * @throws UserException if thinking in training is configured and none takes place, or the
   *     negatives would be right
   */
  Tensor energies(ObjectiveInputs inputs, DensityProblem problem, String name) {
    if (source != NegativeSource.LANGEVIN) {
      problem.withoutThinking(name);
    }
    Tensor points = stopGradient(points(inputs, problem));
    if (hardest < drawn) {
      points = new HardNegatives(drawn, hardest).of(problem, points, inputs.target());
    }
    Tensor energies = problem.energy(points, hardest);
    int[] one = energies.shape().with(0, inputs.target().shape().size(0)).toIntArray();
    return energies.reshape(Shape.of(hardest).plus(one));
  }

  private Tensor points(ObjectiveInputs inputs, DensityProblem problem) {
    Shape target = inputs.target().shape();
    return switch (source) {
      case GIVEN -> inputs.initialCandidate();
      case DATA -> others(inputs, target.size(0));
      case UNIFORM -> uniform(inputs, target);
      case LANGEVIN -> problem.chain(uniform(inputs, target), drawn, chainSteps);
    };
  }

  private Tensor uniform(ObjectiveInputs inputs, Shape target) {
    return cube.draw(inputs.key(), SITE, target.with(0, drawn * target.size(0)));
  }

  /** Returns the targets of the following rows: the k-th negative is k rows further on. */
  private Tensor others(ObjectiveInputs inputs, int rows) {
    if (inputs.modality().context().isEmpty()) {
      throw new UserException(
          "objective.source is data, but without a context the data of other rows is right, too;"
              + " uniform or langevin expected");
    }
    Tensor target = inputs.target();
    return concat(
        0,
        IntStream.rangeClosed(1, drawn)
            .map(k -> k % rows)
            .mapToObj(
                k ->
                    k == 0
                        ? target
                        : concat(0, target.slice(0, k, rows - k), target.slice(0, 0, k)))
            .toList());
  }
}
