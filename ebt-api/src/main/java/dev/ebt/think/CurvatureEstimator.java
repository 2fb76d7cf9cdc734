package dev.ebt.think;

import dev.ebt.backend.ThreadGuard;
import dev.ebt.step.ThinkingMethod.UpdateRule;

/**
 * An estimator of the curvature of the energy at the current candidates of a {@link Thinker}, by
 * power iteration. It computes in the landscape of the last step, leaves out elements that are held
 * fixed, and changes no candidates. The programs are compiled at the first call.
 */
public final class CurvatureEstimator {
  private final ThreadGuard guard;
  private final SessionPrograms programs;

  CurvatureEstimator(ThreadGuard guard, SessionPrograms programs) {
    this.guard = guard;
    this.programs = programs;
  }

  /**
   * Computes the largest eigenvalue of the derivative of the gradient by the tensor that a step
   * changes. With the update rule {@code CANDIDATE} that is the Hessian ∂²E/∂y² for the candidate
   * y.
   *
   * <p>The estimate is a lower bound that approaches the eigenvalue, the sooner the further it lies
   * above the others.
   *
   * @param rule the steps that are asked about
   * @param stepSizeScale factor on the model's step size
   * @param iterations products with the Hessian, each at about the cost of two steps; twice as many
   *     are done where the first ones find a direction of negative curvature, or mix directions of
   *     both signs
   */
  public TopCurvature largest(UpdateRule rule, double stepSizeScale, int iterations) {
    return largest(CurvatureMatrix.ofGradient(rule), stepSizeScale, iterations);
  }

  /**
   * Computes the largest curvature that steps meet, of which {@link TopCurvature#stability} decides
   * whether they converge. It is that of {@link #largest}, but for {@code MODEL_INPUT} where the
   * model input is another than the candidate: a step also makes the model input of the candidate,
   * which damps what the gradient alone would drive apart.
   *
   * @param rule that of the steps
   * @param stepSizeScale factor on the model's step size
   * @param iterations as for {@link #largest}
   */
  public TopCurvature ofSteps(UpdateRule rule, double stepSizeScale, int iterations) {
    return largest(CurvatureMatrix.ofSteps(rule), stepSizeScale, iterations);
  }

  private TopCurvature largest(CurvatureMatrix matrix, double stepSizeScale, int iterations) {
    check(iterations);
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      return programs.largestCurvature(matrix, stepSizeScale, iterations);
    }
  }

  /**
   * Computes the smallest and the largest eigenvalue of the Hessian ∂²E/∂y².
   *
   * @param iterations products with the Hessian, which are done three times
   */
  public ExtremeCurvature extremes(int iterations) {
    check(iterations);
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      return programs.extremeCurvature(iterations);
    }
  }

  private static void check(int iterations) {
    if (iterations < 1) {
      throw new IllegalArgumentException("iterations are " + iterations + "; at least 1 expected");
    }
  }
}
