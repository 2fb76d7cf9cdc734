package dev.ebt.diffusion;

import static dev.ebt.diffusion.ReverseStepCoefficient.MINIMUM_LOG_VARIANCE;
import static dev.ebt.diffusion.ReverseStepCoefficient.NOISY_NEXT;
import static dev.ebt.tensor.Functions.exp;
import static dev.ebt.tensor.Functions.log;
import static dev.ebt.tensor.Functions.maximum;
import static dev.ebt.tensor.Functions.select;
import static dev.ebt.tensor.Functions.sigmoid;

import dev.ebt.tensor.Tensor;

/**
 * The term of the variational bound on −log p(clean) for one denoising step (Ho, Jain and Abbeel,
 * 2020), in bits per number.
 */
final class VariationalBound {
  private static final double SLOPE = 2 * Math.sqrt(2 / Math.PI);
  private static final double CUBIC = 0.044715;

  /** Half of the distance between neighbors among 256 values from −1 to 1. */
  private static final double HALF_LEVEL = 1.0 / 255;

  private static final double END = 0.999;
  private static final double LEAST_PROBABILITY = 1e-12;

  private VariationalBound() {}

  /**
   * Returns KL(q(y_next | y, clean) ‖ the model's prediction); where there is no noise at the next
   * time, −log p(clean), clean being one of 256 values.
   *
   * @return the bits of every number, in clean's shape
   */
  static Tensor bits(Tensor clean, DenoisingStep predicted) {
    Tensor mean = predicted.mean(predicted.clean());
    Tensor logVariance = predicted.logVariance();
    Tensor divergence =
        divergence(predicted.mean(clean), predicted.at(MINIMUM_LOG_VARIANCE), mean, logVariance);
    Tensor noisyNext = predicted.at(NOISY_NEXT).greaterOrEqual(Tensor.constant(0.5));
    return select(noisyNext, divergence, discretizedGaussianNll(clean, mean, logVariance))
        .times(1 / Math.log(2));
  }

  /**
   * Returns the KL divergence of two normal distributions: ½(l₂ − l₁ − 1 + e^(l₁−l₂) + (m₁−m₂)²
   * e^(−l₂)).
   */
  private static Tensor divergence(
      Tensor mean, Tensor logVariance, Tensor otherMean, Tensor otherLogVariance) {
    return otherLogVariance
        .minus(logVariance)
        .minus(1)
        .plus(exp(logVariance.minus(otherLogVariance)))
        .plus(mean.minus(otherMean).square().times(exp(otherLogVariance.negate())))
        .times(0.5);
  }

  /** Returns −ln of the normal probability between the midpoints to both neighbors of a value. */
  private static Tensor discretizedGaussianNll(Tensor clean, Tensor mean, Tensor logVariance) {
    Tensor precision = exp(logVariance.times(-0.5));
    Tensor centred = clean.minus(mean);
    Tensor above = normal(precision.times(centred.plus(HALF_LEVEL)));
    Tensor below = normal(precision.times(centred.minus(HALF_LEVEL)));
    Tensor inner =
        select(high(clean, END), atLeast(below.negate().plus(1)), atLeast(above.minus(below)));
    return log(select(high(clean, -END), inner, atLeast(above))).negate();
  }

  private static Tensor high(Tensor clean, double bound) {
    return clean.greaterOrEqual(Tensor.constant(bound));
  }

  private static Tensor atLeast(Tensor probability) {
    return maximum(probability, Tensor.constant(LEAST_PROBABILITY));
  }

  /**
   * Returns the normal distribution function, ½(1 + tanh u) with u = √(2/π)(x + 0.044715x³), as
   * published.
   */
  private static Tensor normal(Tensor x) {
    return sigmoid(x.times(x.square().times(SLOPE * CUBIC).plus(SLOPE)));
  }
}
