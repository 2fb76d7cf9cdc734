package dev.ebt.train.density;

import static dev.ebt.tensor.Functions.stopGradient;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.error.SettingException;
import dev.ebt.error.TrainingOnly;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Contrastive divergence with k steps (Hinton, 2002): the energy of the data falls, and that of
 * what k steps of the sampler {@code thinking.optimizer} make of it rises,
 *
 * <pre>
 * loss = E(y*) − E(y_k) + λ (E(y*)² + E(y_k)²)      y₀ = y*, no gradient through y_k
 * </pre>
 *
 * <p>whose gradient, for λ = 0 and samples of the model as y_k, is that of −ln p(y*). From noise
 * instead of data it is the short-run training of Nijkamp et al. (arXiv 1904.09770). With the
 * regularizer {@code persistent-chains} the chains of recalled rows go on for ever (persistent
 * contrastive divergence, Tieleman, 2008). λ keeps energies near 0 (Du and Mordatch, arXiv
 * 1903.08689).
 *
 * @param chainSteps k (10)
 * @param start where chains of fresh rows start, data or noise (data)
 * @param energyPenalty λ (0)
 * @param steps the number of thinking steps of a prediction after training (100)
 */
public record ContrastiveDivergence(
    @TrainingOnly Integer chainSteps,
    @TrainingOnly Start start,
    @TrainingOnly Double energyPenalty,
    Integer steps)
    implements DensityObjective {

  /** Where chains start. */
  public enum Start {
    /** At the targets. */
    @JsonProperty("data")
    DATA,
    /** At the initial candidates of the modality. */
    @JsonProperty("noise")
    NOISE
  }

  /** Fills in defaults and rejects invalid values. */
  public ContrastiveDivergence {
    chainSteps = DensityObjective.atLeastOne("chainSteps", requireNonNullElse(chainSteps, 10));
    start = requireNonNullElse(start, Start.DATA);
    energyPenalty = requireNonNullElse(energyPenalty, 0.0);
    steps = DensityObjective.checkedSteps(steps);
    if (!(energyPenalty >= 0) || energyPenalty.isInfinite()) {
      throw SettingException.of("energyPenalty", energyPenalty, "0 or more");
    }
  }

  @Override
  public List<Integer> stepPlan(ThinkingMethod thinking) {
    return thinking.plan(chainSteps);
  }

  @Override
  public boolean startsAtTargets() {
    return start == Start.DATA;
  }

  @Override
  public ObjectiveOutput output(ObjectiveInputs inputs) {
    DensityProblem problem = new DensityProblem(inputs, "contrastive-divergence");
    List<ThinkingStep.StepOutput> chain = problem.chain(inputs.initialCandidate(), inputs.plan());
    Tensor sampled = stopGradient(chain.get(chain.size() - 1).candidate());
    Tensor ofData = problem.energy(inputs.target());
    Tensor ofSamples = problem.energy(sampled);
    Tensor penalty = ofData.square().plus(ofSamples.square()).times(energyPenalty);
    Map<String, Tensor> metrics = new HashMap<>();
    metrics.put("energyOfData", ofData);
    metrics.put("energyOfSamples", ofSamples);
    metrics.putAll(ChainMetrics.of(inputs.initialCandidate(), sampled, ofData.shape().rank()));
    return new ObjectiveOutput(ofData.minus(ofSamples).plus(penalty), metrics, chain);
  }
}
