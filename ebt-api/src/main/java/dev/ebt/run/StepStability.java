package dev.ebt.run;

import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.step.ThinkingMethod.UpdateRule;
import dev.ebt.tensor.Array;
import dev.ebt.think.CurvatureEstimator;
import dev.ebt.think.Thinker;
import dev.ebt.think.TopCurvature;
import dev.ebt.train.TrainingStepper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The stability of thinking steps in a training: αλ at the final candidates of the first batch of
 * the validation data, where α is the step size and λ the largest curvature of the energy ({@link
 * TopCurvature}). Steps of gradient descent converge where it is below 2.
 */
final class StepStability {
  /**
   * Products with the Hessian, which are what a validation can afford. The estimate is a lower
   * bound of λ, and so is what is derived from it; see {@link CurvatureEstimator#ofSteps}.
   */
  private static final int ITERATIONS = 6;

  /** The value of αλ above which steps of gradient descent lead away from a minimum. */
  static final double LIMIT = 2;

  private final RunParts parts;
  private final TrainingStepper stepper;
  private Optional<Measured> latest = Optional.empty();

  /**
   * The stability after an update.
   *
   * @param stability the mean of αλ over predictions
   * @param curvature the mean of λ
   * @param unstable the share of predictions whose αλ is above {@link #LIMIT}
   */
  record Measured(double stability, double curvature, double unstable) {
    /** Returns the values by their names in metrics. */
    Map<String, Double> metrics() {
      Map<String, Double> named = new LinkedHashMap<>();
      named.put("validation.stability", stability);
      named.put("validation.curvature", curvature);
      named.put("validation.unstable", unstable);
      return named;
    }
  }

  StepStability(RunParts parts, TrainingStepper stepper) {
    this.parts = parts;
    this.stepper = stepper;
  }

  /** Returns the last measured stability. */
  Optional<Measured> latest() {
    return latest;
  }

  /**
   * Measures with the weights that validation uses; empty for a model without an energy, and if the
   * energy is not finite.
   */
  Optional<Measured> measure() {
    latest = parts.thinks() ? stepper.averages().during(() -> of(parts)) : Optional.empty();
    return latest;
  }

  /** Measures with the present weights and step size; empty if the energy is not finite. */
  static Optional<Measured> of(RunParts parts) {
    Examples rows = parts.dataset().validation();
    int count = Math.min(parts.configuration().training().batch(), rows.size());
    Batch batch = rows.batch(IntStream.range(0, count).toArray());
    int steps = parts.steps().validated().get(parts.steps().validated().size() - 1);
    UpdateRule rule = parts.thinking().hyperparameters().updateRule();
    try (Thinker thinker = parts.thinker(count)) {
      thinker.observe(batch.context());
      thinker.begin(parts.configuration().seed());
      thinker.reach(steps, 0);
      return mean(
          thinker.curvature().ofSteps(rule, thinker.stepSizeScale(steps), ITERATIONS),
          batch.weight());
    }
  }

  /** Returns the means over predictions that count. */
  private static Optional<Measured> mean(TopCurvature curvature, Array weight) {
    double[] eigenvalues = curvature.eigenvalues().doubles();
    double[] stability = curvature.stability().doubles();
    int each = eigenvalues.length / weight.shape().elements();
    double[] sums = new double[4];
    for (int i = 0; i < eigenvalues.length; i++) {
      double counts = weight.real(i / each) > 0 ? 1 : 0;
      if (counts > 0 && !Double.isFinite(stability[i])) {
        return Optional.empty();
      }
      sums[0] += counts;
      if (counts > 0) {
        sums[1] += stability[i];
        sums[2] += eigenvalues[i];
        sums[3] += stability[i] > LIMIT ? 1 : 0;
      }
    }
    return sums[0] == 0
        ? Optional.empty()
        : Optional.of(new Measured(sums[1] / sums[0], sums[2] / sums[0], sums[3] / sums[0]));
  }
}
