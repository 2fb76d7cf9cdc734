package dev.ebt.train.density;

import static dev.ebt.tensor.Functions.randomNormal;
import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.error.TrainingOnly;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Denoising score matching (Vincent, "A connection between score matching and denoising
 * autoencoders", 2011), with ε ~ N(0, I):
 *
 * <pre>
 * loss = mean over elements of (σ ∂E/∂y(y* + σε) − ε)²
 * </pre>
 *
 * <p>At the minimum e^−E is the density of the data with noise of deviation σ added.
 *
 * @param noise σ (0.3)
 * @param steps the number of thinking steps of a prediction after training (100)
 */
public record DenoisingScoreMatching(@TrainingOnly Double noise, Integer steps)
    implements DensityObjective {
  private static final String NAME = "denoising-score-matching";
  private static final long NOISE_SITE = (1L << 50) + 10;

  /** Fills in defaults and rejects invalid values. */
  public DenoisingScoreMatching {
    noise = requireNonNullElse(noise, 0.3);
    steps = DensityObjective.checkedSteps(steps);
    if (!(noise > 0) || noise.isInfinite()) {
      throw SettingException.of("noise", noise, "a positive number");
    }
  }

  @Override
  public ObjectiveOutput output(ObjectiveInputs inputs) {
    DensityProblem problem = new DensityProblem(inputs, NAME).withoutThinking(NAME);
    Tensor epsilon = randomNormal(inputs.key(), NOISE_SITE, inputs.target().shape());
    Tensor noisy = problem.targets().plus(epsilon.times(noise));
    Tensor energies = problem.energy(noisy);
    Tensor error = Gradients.of(energies, noisy).times(noise).minus(epsilon);
    return new ObjectiveOutput(
        error.square().mean(problem.elements()), Map.of("energy", energies), List.of());
  }
}
