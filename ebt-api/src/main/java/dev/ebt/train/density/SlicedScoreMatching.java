package dev.ebt.train.density;

import static dev.ebt.tensor.Functions.randomNormal;

import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Sliced score matching with reduced variance (Song et al., arXiv 1905.07088), with v ~ N(0, I):
 *
 * <pre>
 * loss = ½ |∂E/∂y|² − vᵀ (∂²E/∂y²) v      at y = y*
 * </pre>
 *
 * <p>Its expectation is half the squared distance of −∂E/∂y from the score of the data, up to a
 * constant, so that it may be negative.
 *
 * @param steps the number of thinking steps of a prediction after training (100)
 */
public record SlicedScoreMatching(Integer steps) implements DensityObjective {
  private static final String NAME = "sliced-score-matching";
  private static final long DIRECTION_SITE = (1L << 50) + 11;

  /** Fills in defaults and rejects invalid values. */
  public SlicedScoreMatching {
    steps = DensityObjective.checkedSteps(steps);
  }

  @Override
  public ObjectiveOutput output(ObjectiveInputs inputs) {
    DensityProblem problem = new DensityProblem(inputs, NAME).withoutThinking(NAME);
    Tensor y = problem.targets();
    Tensor energies = problem.energy(y);
    Tensor gradient = Gradients.of(energies, y);
    Tensor v = randomNormal(inputs.key(), DIRECTION_SITE, y.shape());
    Tensor curved = Gradients.of(gradient.times(v).sum(problem.elements()), y);
    Tensor loss = gradient.square().times(0.5).minus(curved.times(v)).sum(problem.elements());
    return new ObjectiveOutput(loss, Map.of("energy", energies), List.of());
  }
}
