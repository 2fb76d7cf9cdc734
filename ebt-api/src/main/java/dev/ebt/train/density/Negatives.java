package dev.ebt.train.density;

import static dev.ebt.tensor.Functions.concat;
import static dev.ebt.tensor.Functions.maximum;
import static dev.ebt.tensor.Functions.real;
import static dev.ebt.tensor.Functions.stopGradient;
import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import dev.ebt.modality.Dataset;
import dev.ebt.objective.Objective.ObjectiveInputs;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How the negatives of each row are drawn, and which of them are used.
 *
 * @param source where they are from
 * @param drawn the number that is drawn for each row
 * @param hardest the number that is used, those of the lowest energy; all if {@code drawn}
 * @param cube where uniform ones are, and langevin ones begin
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
    if (!from.usesCube()) {
      from.refuse("low", low);
      from.refuse("high", high);
    }
    if (!from.usesSteps()) {
      from.refuse("chainSteps", chainSteps);
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
    if (source.usesCube()) {
      cube.check(dataset);
    }
  }

  /**
   * The energies of the negatives of each row.
   *
   * @param values [hardest, rows, predictions...]; more than any energy where the weight is 0
   * @param weights 1, and 0 of a negative that equals the target, of the same shape
   * @param chains {@link ChainMetrics} of those that are drawn by chains, [rows, predictions...]
   *     each; empty with another source
   */
  record Energies(Tensor values, Tensor weights, Map<String, Tensor> chains) {
    /** Returns the mean over the negatives that count, [rows, predictions...]; 0 without any. */
    Tensor mean(Tensor ofEach) {
      return ofEach.times(weights).sum(0).divide(maximum(weights.sum(0), Tensor.constant(1)));
    }
  }

  /**
   * Returns the energies of the negatives. No gradient passes through the points.
   *
   * @param name the objective, in messages
   * @throws UserException if thinking in training is configured and none takes place, the negatives
   *     would be right, or the batch has too few other rows
   */
  Energies energies(ObjectiveInputs inputs, DensityProblem problem, String name) {
    if (source != NegativeSource.LANGEVIN) {
      problem.withoutThinking(name);
    }
    Tensor target = inputs.target();
    Tensor begun = points(inputs);
    boolean moved = source == NegativeSource.LANGEVIN;
    Tensor points = stopGradient(moved ? problem.chain(begun, drawn, chainSteps) : begun);
    Map<String, Tensor> chains = moved ? chains(begun, points, problem) : Map.of();
    Tensor wrong = wrong(points, target, problem.dimension());
    if (hardest < drawn) {
      HardNegatives hard = new HardNegatives(drawn, hardest);
      points = hard.of(problem, points, wrong);
      wrong = hard.weights(wrong);
    }
    Tensor energies = problem.energy(points, hardest);
    int[] one = energies.shape().with(0, target.shape().size(0)).toIntArray();
    Shape all = Shape.of(hardest).plus(one);
    Tensor weights = wrong.reshape(all);
    return new Energies(HardNegatives.ofWrong(energies.reshape(all), weights), weights, chains);
  }

  /** Returns the means over the chains of each row. */
  private Map<String, Tensor> chains(Tensor begun, Tensor ended, DensityProblem problem) {
    int leading = ended.shape().rank() - problem.elements().length;
    Map<String, Tensor> means = new HashMap<>();
    ChainMetrics.of(begun, ended, leading)
        .forEach(
            (name, each) -> {
              int[] one = each.shape().with(0, each.shape().size(0) / drawn).toIntArray();
              means.put(name, each.reshape(Shape.of(drawn).plus(one)).mean(0));
            });
    return means;
  }

  /** Returns 0 where a point equals the target of its row and 1 elsewhere, [drawn, each]. */
  private Tensor wrong(Tensor points, Tensor target, int dimension) {
    int each = target.shape().elements() / dimension;
    Tensor all = points.reshape(drawn, each, dimension);
    Tensor distance = all.minus(target.reshape(each, dimension)).square().sum(-1);
    return real(Tensor.constant(0).less(distance));
  }

  /** Returns the negatives, or where the chains to them begin. */
  private Tensor points(ObjectiveInputs inputs) {
    Shape target = inputs.target().shape();
    return switch (source) {
      case GIVEN -> inputs.initialCandidate();
      case DATA -> others(inputs, target.size(0));
      case UNIFORM, LANGEVIN ->
          cube.draw(inputs.key(), SITE, target.with(0, drawn * target.size(0)));
    };
  }

  /** Returns the targets of the following rows: the k-th negative is k rows further on. */
  private Tensor others(ObjectiveInputs inputs, int rows) {
    if (inputs.modality().context().isEmpty()) {
      throw new UserException(
          "objective.source is data, but without a context the data of other rows is right, too;"
              + " uniform, langevin or given expected");
    }
    if (drawn >= rows) {
      throw new SettingException(
          "objective.negatives",
          String.format(
              Locale.ROOT,
              "is %d, but with source: data a batch of %d rows has the targets of %d other rows;"
                  + " %s",
              drawn,
              rows,
              rows - 1,
              rows == 1
                  ? "a larger training.batch expected"
                  : "at most " + (rows - 1) + ", or a larger training.batch, expected"));
    }
    Tensor target = inputs.target();
    return concat(
        0,
        IntStream.rangeClosed(1, drawn)
            .mapToObj(k -> concat(0, target.slice(0, k, rows - k), target.slice(0, 0, k)))
            .toList());
  }
}
