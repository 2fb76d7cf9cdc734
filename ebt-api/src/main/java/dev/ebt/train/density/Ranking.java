package dev.ebt.train.density;

import static dev.ebt.tensor.Functions.real;

import dev.ebt.error.TrainingOnly;
import dev.ebt.modality.Dataset;
import dev.ebt.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ranking of pairs (Bradley and Terry, "Rank analysis of incomplete block designs", 1952): the
 * target is preferred to each of K negatives y_k with the probability σ(E(y_k) − E(y*)),
 *
 * <pre>
 * loss = −1/K Σ_k ln σ(E(y_k) − E(y*))
 * </pre>
 *
 * <p>A negative that equals the target is left out of the mean.
 *
 * <p>With negatives of density q, E = −ln p + ln q + a constant of the context at the minimum, as
 * of {@link InfoNce}, whose loss for one negative this is. {@code source: given} compares the
 * target with the worse answer of its row in the data.
 *
 * @param negatives the number that is drawn for each row (16; 1 with source: given)
 * @param source uniform, data, langevin or given (uniform)
 * @param hardest K, the number of those that is used, those of the lowest energy (negatives)
 * @param low the least value of an element of a uniform negative (-4; none with source: data or
 *     given)
 * @param high the greatest value of an element of a uniform negative (4; none with source: data or
 *     given)
 * @param chainSteps steps of langevin negatives (4; none with another source)
 * @param steps the number of thinking steps of a prediction after training (100)
 */
public record Ranking(
    @TrainingOnly Integer negatives,
    @TrainingOnly NegativeSource source,
    @TrainingOnly Integer hardest,
    @TrainingOnly @Nullable Double low,
    @TrainingOnly @Nullable Double high,
    @TrainingOnly @Nullable Integer chainSteps,
    Integer steps)
    implements DensityObjective {
  private static final String NAME = "ranking";

  /** Fills in defaults and rejects invalid values. */
  public Ranking {
    Negatives drawn = Negatives.of(source, negatives, hardest, low, high, chainSteps);
    negatives = drawn.drawn();
    source = drawn.source();
    hardest = drawn.hardest();
    if (source.usesCube()) {
      low = drawn.cube().low();
      high = drawn.cube().high();
    }
    if (source.usesSteps()) {
      chainSteps = drawn.chainSteps();
    }
    steps = DensityObjective.checkedSteps(steps);
  }

  private Negatives drawn() {
    return Negatives.of(source, negatives, hardest, low, high, chainSteps);
  }

  @Override
  public boolean startsFromData() {
    return drawn().areGiven();
  }

  @Override
  public void check(Dataset dataset) {
    drawn().check(dataset);
  }

  @Override
  public ObjectiveOutput output(ObjectiveInputs inputs) {
    DensityProblem problem = new DensityProblem(inputs, NAME);
    Tensor right = problem.energy(inputs.target());
    Negatives.Energies worse = drawn().energies(inputs, problem, NAME);
    Map<String, Tensor> metrics = new HashMap<>(worse.chains());
    metrics.put("energyOfData", right);
    metrics.put("rankedRight", worse.mean(real(right.less(worse.values()))));
    return new ObjectiveOutput(
        worse.mean(DensityProblem.softplus(right.minus(worse.values()))), metrics, List.of());
  }
}
