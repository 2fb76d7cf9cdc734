package dev.ebt.train;

import dev.ebt.modality.Modality;
import dev.ebt.objective.Objective;
import dev.ebt.objective.StepwiseObjective;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The stepwise form of an energy objective whose gradient passes through a single step: the mean
 * over all steps' losses (System 1), or over those of the last steps (System 2).
 */
record StepwiseEnergyObjective(EnergyObjective objective) implements StepwiseObjective {
  /** Input: the weight of a step's own loss in the total, 1 over the number of losses. */
  private static final String PORTION = "portion";

  /** Input: the fraction of a step's target that is spread uniformly. */
  private static final String SHARE = "share";

  /** Any fraction will do: a label-smoothed loss is linear in it. */
  private static final double SOME_SHARE = 0.5;

  @Override
  public Role role(int step, int steps) {
    boolean last = step == steps - 1;
    return new Role(
        step == 0, last && objective.contrastiveWeight() > 0, objective.hasLoss(step, steps));
  }

  @Override
  public Map<String, Array> inputs(int step, int steps) {
    double portion = 1.0 / objective.losses(steps);
    return Map.of(
        PORTION,
        Array.scalar(portion),
        SHARE,
        Array.scalar(new TargetSmoothing(objective.labelSmoothing()).share(step, steps)));
  }

  @Override
  public Objective.ObjectiveOutput output(
      Objective.ObjectiveInputs task, Role role, StepwiseObjective.StepInputs taken) {
    Tensor loss = loss(task, taken.stepOutput().candidate());
    Map<String, Tensor> metrics = new LinkedHashMap<>();
    metrics.put(role.first() ? "firstLoss" : "lastLoss", loss);
    metrics.put(role.first() ? "firstEnergy" : "lastEnergy", taken.stepOutput().energy());
    Tensor portion = Tensor.input(PORTION, Shape.scalar(), ElementType.REAL);
    Tensor regularized = task.regularized(loss, taken.stepOutput());
    Objective.ObjectiveOutput objectiveOutput =
        new Objective.ObjectiveOutput(
            regularized.times(portion), metrics, List.of(taken.stepOutput()));
    if (!role.last()) {
      return objectiveOutput;
    }
    Tensor targetCandidate = task.modality().targetCandidate(task.target());
    return new ContrastiveLoss(objective.contrastiveWeight())
        .add(
            objectiveOutput,
            taken.energy().energy(taken.observed(), targetCandidate, taken.landscape()));
  }

  private Tensor loss(Objective.ObjectiveInputs task, Tensor candidate) {
    Modality modality = task.modality();
    Tensor plain = modality.loss(candidate, task.target());
    if (objective.labelSmoothing() == 0) {
      return plain;
    }
    Tensor smoothed = modality.labelSmoothedLoss(candidate, task.target(), SOME_SHARE);
    Tensor share = Tensor.input(SHARE, Shape.scalar(), ElementType.REAL);
    return plain.plus(smoothed.minus(plain).times(share.divide(SOME_SHARE)));
  }
}
