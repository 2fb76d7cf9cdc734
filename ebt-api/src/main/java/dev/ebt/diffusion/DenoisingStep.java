package dev.ebt.diffusion;

import static dev.ebt.diffusion.ReverseStepCoefficient.MAXIMUM_LOG_VARIANCE;
import static dev.ebt.diffusion.ReverseStepCoefficient.MINIMUM_LOG_VARIANCE;
import static dev.ebt.diffusion.ReverseStepCoefficient.NEXT_NOISE;
import static dev.ebt.diffusion.ReverseStepCoefficient.NEXT_SIGNAL;
import static dev.ebt.diffusion.ReverseStepCoefficient.NOISE;
import static dev.ebt.diffusion.ReverseStepCoefficient.NOISY_NEXT;
import static dev.ebt.diffusion.ReverseStepCoefficient.OF_CLEAN;
import static dev.ebt.diffusion.ReverseStepCoefficient.OF_NOISY;
import static dev.ebt.diffusion.ReverseStepCoefficient.SIGNAL;
import static dev.ebt.tensor.Functions.clamp;
import static dev.ebt.tensor.Functions.exp;

import dev.ebt.error.Required;
import dev.ebt.tensor.Tensor;
import java.util.Map;

/**
 * A denoising step of a noisy candidate y, as tensors. A model predicts the noise ε in it, and v,
 * which interpolates the variance of the step between its bounds (Nichol and Dhariwal, 2021).
 *
 * @param noisy y, [rows, ...]
 * @param noise ε, of y's shape
 * @param spread v, of y's shape: −1 for the minimum variance, 1 for the maximum
 * @param at the coefficients of each row's {@link ReverseStep}, [rows, 1, ...]
 */
record DenoisingStep(
    Tensor noisy, Tensor noise, Tensor spread, Map<ReverseStepCoefficient, Tensor> at) {

  /** Returns a coefficient of each row's step. */
  Tensor at(ReverseStepCoefficient coefficient) {
    return Required.of(at, coefficient);
  }

  /** Returns the predicted clean candidate: (y − √(1−ᾱ) ε) / √ᾱ. */
  Tensor clean() {
    return noisy.minus(at(NOISE).times(noise)).divide(at(SIGNAL));
  }

  /** Returns the predicted clean candidate, clipped to [−1, 1] on request. */
  Tensor clean(boolean clip) {
    return clip ? clamp(clean(), -1, 1) : clean();
  }

  /** Returns the mean of q(y_next | y, clean). */
  Tensor mean(Tensor clean) {
    return at(OF_CLEAN).times(clean).plus(at(OF_NOISY).times(noisy));
  }

  /** Returns the predicted log variance: (v+1)/2 of the way from the minimum to the maximum. */
  Tensor logVariance() {
    Tensor share = spread.plus(1).times(0.5);
    return at(MINIMUM_LOG_VARIANCE)
        .plus(share.times(at(MAXIMUM_LOG_VARIANCE).minus(at(MINIMUM_LOG_VARIANCE))));
  }

  /** Returns the next y, drawn from the predicted normal distribution. */
  Tensor drawn(boolean clip, Tensor standardNormal) {
    Tensor deviation = exp(logVariance().times(0.5)).times(at(NOISY_NEXT));
    return mean(clean(clip)).plus(deviation.times(standardNormal));
  }

  /**
   * Returns the next y of the deterministic sampler (Song, Meng and Ermon, "DDIM", 2021, η = 0).
   */
  Tensor implied(boolean clip) {
    Tensor clean = clean(clip);
    Tensor rest = noisy.minus(at(SIGNAL).times(clean)).divide(at(NOISE));
    return at(NEXT_SIGNAL).times(clean).plus(at(NEXT_NOISE).times(rest));
  }
}
