package dev.ebt.train;

import dev.ebt.objective.Objective;
import dev.ebt.tensor.Tensor;

/**
 * Label smoothing that decreases over the thinking steps: the target of step i of T is smoothed by
 * s (T−1−i)/(T−1), so that early steps need not be certain.
 *
 * @param first s, the fraction of the first step's target that is spread uniformly; 0 for none
 */
record TargetSmoothing(double first) {
  /** Returns the fraction of a step's target that is spread uniformly. */
  double share(int step, int steps) {
    return steps == 1 ? 0 : first * (steps - 1 - step) / (steps - 1);
  }

  /** Returns the loss of a step's result against its smoothed target. */
  Tensor loss(Tensor candidate, int step, int steps, Objective.ObjectiveInputs inputs) {
    double share = share(step, steps);
    return share == 0
        ? inputs.modality().loss(candidate, inputs.target())
        : inputs.modality().labelSmoothedLoss(candidate, inputs.target(), share);
  }
}
