package dev.ebt.train;

import dev.ebt.modality.Modality;
import dev.ebt.objective.Objective;
import dev.ebt.objective.StepwiseObjective;
import dev.ebt.step.ThinkingMethod;
import java.util.List;
import java.util.Optional;

/**
 * System 2 on pairs (y₀, ŷ) of an initial candidate and what the many small steps of another
 * model's thinking made of it: the loss after the last of a few large steps from y₀,
 *
 * <pre>
 * y₁ = y₀ − α ∂E/∂y₀, …;  loss = loss of the modality(y_T, ŷ)
 * </pre>
 *
 * <p>Where many targets are right for a context, the distance from one of them after a step from
 * random noise is lowest at their mean. Here the target is a function of y₀, so that there is one
 * right answer, and few steps reach it. This is reflow (Liu et al., arXiv 2209.03003) for an
 * energy: the straight lines between the ends of learned curves, in one to a few steps.
 *
 * @param system2 the loss and the steps
 */
public record PairedObjective(EnergyObjective system2) implements Objective {

  @Override
  public boolean startsFromData() {
    return true;
  }

  /**
   * Returns false: validation starts from other noise than that of the target, whose distance is
   * then lowest at the mean of all targets.
   */
  @Override
  public boolean judgedByLoss(Modality modality) {
    return false;
  }

  @Override
  public List<Integer> stepPlan(ThinkingMethod thinking) {
    return system2.stepPlan(thinking);
  }

  @Override
  public Optional<StepwiseObjective> stepwise(List<Integer> plan, ThinkingMethod thinking) {
    return system2.stepwise(plan, thinking);
  }

  @Override
  public boolean requestsAllParameters() {
    return system2.requestsAllParameters();
  }

  @Override
  public ObjectiveOutput output(ObjectiveInputs task) {
    ContinuousTargets.check(
        task,
        "paired, whose targets are candidates that thinking ended at, but targets of this modality"
            + " are discrete and its candidates are logits");
    return system2.output(task);
  }
}
