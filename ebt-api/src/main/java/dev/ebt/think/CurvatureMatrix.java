package dev.ebt.think;

import dev.ebt.step.ThinkingMethod.UpdateRule;

/**
 * The matrix whose largest eigenvalue is a curvature.
 *
 * @param rule the steps that are asked about
 * @param ofSteps true for M where a step multiplies distances by 1 − αM; false for ∂g/∂m, the
 *     derivative of the gradient of a step by the tensor that it is subtracted from. They differ
 *     where the step starts again from another model input
 */
record CurvatureMatrix(UpdateRule rule, boolean ofSteps) {
  /** Returns the derivative of the gradient. */
  static CurvatureMatrix ofGradient(UpdateRule rule) {
    return new CurvatureMatrix(rule, false);
  }

  /** Returns that of steps, which for most rules is the derivative of the gradient. */
  static CurvatureMatrix ofSteps(UpdateRule rule) {
    return new CurvatureMatrix(rule, rule == UpdateRule.MODEL_INPUT);
  }

  /** Returns a name for variables. */
  String variable() {
    return "curvature." + rule + (ofSteps ? ".steps" : "");
  }
}
