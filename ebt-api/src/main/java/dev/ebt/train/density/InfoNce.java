package dev.ebt.train.density;

import static dev.ebt.tensor.Functions.concat;
import static dev.ebt.tensor.Functions.logSoftmax;

import dev.ebt.error.TrainingOnly;
import dev.ebt.modality.Dataset;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * InfoNCE (van den Oord et al., arXiv 1807.03748), for energies as in implicit behavioral cloning
 * (Florence et al., arXiv 2109.00137): the target is chosen among K negatives,
 *
 * <pre>
 * loss = −ln e^−E(y*) / (e^−E(y*) + Σ_k e^−E(y_k))
 * </pre>
 *
 * <p>With negatives of density q, E = −ln p + ln q + a constant of the context at the minimum. From
 * a cube q is constant. Those of the data are the targets of other rows, of which at least as many
 * have to be in a batch, so that only the context tells them apart. Langevin negatives begin in the
 * cube and take steps of thinking. Given ones are the initial candidates of the data. A negative
 * that equals the target has no weight.
 *
 * @param negatives K, the number that is drawn for each row (16; 1 with source: given)
 * @param source uniform, data, langevin or given (uniform)
 * @param hardest the number of negatives that is used, those of the lowest energy (negatives)
 * @param low the least value of an element of a uniform negative (-4; none with source: data or
 *     given)
 * @param high the greatest value of an element of a uniform negative (4; none with source: data or
 *     given)
 * @param chainSteps steps of langevin negatives (4; none with another source)
 * @param steps the number of thinking steps of a prediction after training (100)
 */
public record InfoNce(
    @TrainingOnly Integer negatives,
    @TrainingOnly NegativeSource source,
    @TrainingOnly Integer hardest,
    @TrainingOnly @Nullable Double low,
    @TrainingOnly @Nullable Double high,
    @TrainingOnly @Nullable Integer chainSteps,
    Integer steps)
    implements DensityObjective {
  private static final String NAME = "info-nce";

  /** Fills in defaults and rejects invalid values. */
  public InfoNce {
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
    Tensor ofData = problem.energy(inputs.target());
    Negatives.Energies negative = drawn().energies(inputs, problem, NAME);
    int rank = ofData.shape().rank();
    Tensor all =
        concat(0, ofData.reshape(Shape.of(1).plus(ofData.shape().toIntArray())), negative.values());
    int[] choicesLast = IntStream.rangeClosed(1, rank + 1).map(i -> i % (rank + 1)).toArray();
    Tensor chosen = logSoftmax(all.transpose(choicesLast).negate()).slice(-1, 0, 1).sum(-1);
    Map<String, Tensor> metrics = new HashMap<>(negative.chains());
    metrics.put("energyOfData", ofData);
    return new ObjectiveOutput(chosen.negate(), metrics, List.of());
  }
}
