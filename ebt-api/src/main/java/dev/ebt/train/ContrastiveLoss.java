package dev.ebt.train;

import dev.ebt.objective.Objective;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The contrastive term −ln(e^−E(target) / (e^−E(target) + e^−E(candidate))), which pushes the
 * target's energy below that of the candidate before the last step.
 *
 * @param weight the weight of the term in the loss; 0 for none
 */
record ContrastiveLoss(double weight) {
  /** Adds the weighted term to the loss, and the term to the metrics. */
  Objective.ObjectiveOutput add(Objective.ObjectiveOutput output, Tensor energyOfTarget) {
    List<ThinkingStep.StepOutput> stepOutputs = output.stepOutputs();
    Tensor energyOfCandidate = stepOutputs.get(stepOutputs.size() - 1).energy();
    int[] pair = energyOfTarget.shape().plus(1).toIntArray();
    int last = pair.length - 1;
    Tensor both =
        Functions.concat(
            last, energyOfTarget.negate().reshape(pair), energyOfCandidate.negate().reshape(pair));
    Tensor term =
        Functions.logSoftmax(both).slice(last, 0, 1).reshape(energyOfTarget.shape()).negate();
    Map<String, Tensor> metrics = new LinkedHashMap<>(output.metrics());
    metrics.put("contrastiveLoss", term);
    return new Objective.ObjectiveOutput(
        output.loss().plus(term.times(weight)), metrics, stepOutputs);
  }
}
