package dev.ebt.train.density;

import static dev.ebt.tensor.Functions.concat;
import static dev.ebt.tensor.Functions.logSoftmax;
import static dev.ebt.tensor.Functions.stopGradient;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.error.TrainingOnly;
import dev.ebt.error.UserException;
import dev.ebt.modality.Dataset;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * InfoNCE (van den Oord et al., arXiv 1807.03748), for energies as in implicit behavioral cloning
 * (Florence et al., arXiv 2109.00137): the target is chosen among K negatives,
 *
 * <pre>
 * loss = −ln e^−E(y*) / (e^−E(y*) + Σ_k e^−E(y_k))
 * </pre>
 *
 * <p>With negatives of density q, E = −ln p + ln q + a constant of the context at the minimum. From
 * a cube q is constant. Those of the data are the targets of other rows, so that only the context
 * tells them apart. Langevin negatives begin in the cube and take steps of thinking.
 *
 * @param negatives K (16)
 * @param source uniform, data or langevin (uniform)
 * @param low the least value of an element of a uniform negative (-4)
 * @param high the greatest value of an element of a uniform negative (4)
 * @param chainSteps steps of langevin negatives (10)
 * @param steps the number of thinking steps of a prediction after training (100)
 */
public record InfoNce(
    @TrainingOnly Integer negatives,
    @TrainingOnly Source source,
    @TrainingOnly Double low,
    @TrainingOnly Double high,
    @TrainingOnly Integer chainSteps,
    Integer steps)
    implements DensityObjective {
  private static final String NAME = "info-nce";
  private static final long NEGATIVE_SITE = (1L << 50) + 13;

  /** Where negatives are from. */
  public enum Source {
    /** Uniform in a cube. */
    @JsonProperty("uniform")
    UNIFORM,
    /** The targets of other rows of the batch. */
    @JsonProperty("data")
    DATA,
    /** From the cube, after steps of thinking. */
    @JsonProperty("langevin")
    LANGEVIN
  }

  /** Fills in defaults and rejects invalid values. */
  public InfoNce {
    negatives = DensityObjective.atLeastOne("negatives", requireNonNullElse(negatives, 16));
    source = requireNonNullElse(source, Source.UNIFORM);
    UniformPoints points = UniformPoints.of(low, high);
    low = points.low();
    high = points.high();
    chainSteps = DensityObjective.atLeastOne("chainSteps", requireNonNullElse(chainSteps, 10));
    steps = DensityObjective.checkedSteps(steps);
  }

  @Override
  public void check(Dataset dataset) {
    if (source != Source.DATA) {
      new UniformPoints(low, high).check(dataset);
    }
  }

  @Override
  public ObjectiveOutput output(ObjectiveInputs inputs) {
    DensityProblem problem = new DensityProblem(inputs, NAME);
    if (source != Source.LANGEVIN) {
      problem.withoutThinking(NAME);
    }
    Tensor ofData = problem.energy(inputs.target());
    Tensor ofNegatives = problem.energy(stopGradient(points(inputs, problem)), negatives);
    int rank = ofData.shape().rank();
    Tensor rest = ofNegatives.reshape(Shape.of(negatives).plus(ofData.shape().toIntArray()));
    Tensor all = concat(0, ofData.reshape(Shape.of(1).plus(ofData.shape().toIntArray())), rest);
    int[] choicesLast = IntStream.rangeClosed(1, rank + 1).map(i -> i % (rank + 1)).toArray();
    Tensor chosen = logSoftmax(all.transpose(choicesLast).negate()).slice(-1, 0, 1).sum(-1);
    return new ObjectiveOutput(chosen.negate(), Map.of("energyOfData", ofData), List.of());
  }

  private Tensor points(ObjectiveInputs inputs, DensityProblem problem) {
    Tensor target = inputs.target();
    int rows = target.shape().size(0);
    if (source == Source.DATA) {
      return others(inputs, rows);
    }
    Tensor drawn =
        new UniformPoints(low, high)
            .draw(inputs.key(), NEGATIVE_SITE, target.shape().with(0, negatives * rows));
    return source == Source.UNIFORM ? drawn : problem.chain(drawn, negatives, chainSteps);
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
        IntStream.rangeClosed(1, negatives)
            .map(k -> k % rows)
            .mapToObj(
                k ->
                    k == 0
                        ? target
                        : concat(0, target.slice(0, k, rows - k), target.slice(0, 0, k)))
            .toList());
  }
}
