package dev.ebt.train.density;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.TrainingOnly;
import dev.ebt.modality.Dataset;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Noise-contrastive estimation (Gutmann and Hyvärinen, 2010): data is told from K points of known
 * density q, here uniform in a cube, by the energy,
 *
 * <pre>
 * h(y) = −E(y) − ln q(y) − ln K
 * loss = ln(1 + e^−h(y*)) + Σ_k ln(1 + e^h(y_k))
 * </pre>
 *
 * <p>At the minimum E = −ln p with its normalizing constant, which a bias of the model learns.
 *
 * @param negatives K (8)
 * @param low the least value of an element of a negative (-4)
 * @param high the greatest value of an element of a negative (4)
 * @param steps the number of thinking steps of a prediction after training (100)
 */
public record NoiseContrastiveEstimation(
    @TrainingOnly Integer negatives,
    @TrainingOnly Double low,
    @TrainingOnly Double high,
    Integer steps)
    implements DensityObjective {
  private static final String NAME = "noise-contrastive";
  private static final long NEGATIVE_SITE = (1L << 50) + 12;

  /** Fills in defaults and rejects invalid values. */
  public NoiseContrastiveEstimation {
    negatives = DensityObjective.atLeastOne("negatives", requireNonNullElse(negatives, 8));
    UniformPoints points = UniformPoints.of(low, high);
    low = points.low();
    high = points.high();
    steps = DensityObjective.checkedSteps(steps);
  }

  @Override
  public void check(Dataset dataset) {
    new UniformPoints(low, high).check(dataset);
  }

  @Override
  public ObjectiveOutput output(ObjectiveInputs inputs) {
    DensityProblem problem = new DensityProblem(inputs, NAME).withoutThinking(NAME);
    UniformPoints uniform = new UniformPoints(low, high);
    Shape target = inputs.target().shape();
    Tensor points =
        uniform.draw(inputs.key(), NEGATIVE_SITE, target.with(0, negatives * target.size(0)));
    Tensor ofData = problem.energy(inputs.target());
    Tensor ofNoise = problem.energy(points, negatives);
    double offset = -uniform.logDensity(problem.dimension()) - Math.log(negatives);
    Tensor told = DensityProblem.softplus(ofData.minus(offset));
    Tensor mistaken = DensityProblem.softplus(ofNoise.negate().plus(offset));
    Shape copies = Shape.of(negatives).plus(ofData.shape().toIntArray());
    return new ObjectiveOutput(
        told.plus(mistaken.reshape(copies).sum(0)), Map.of("energyOfData", ofData), List.of());
  }
}
