package dev.ebt.stop;

import static dev.ebt.tensor.Functions.log;
import static dev.ebt.tensor.Functions.maximum;

import dev.ebt.error.SettingException;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Tensor;

/**
 * Stops where the update would hardly change the predicted distribution: where the Kullback-Leibler
 * divergence KL(p ‖ p′) from the prediction before the update to the one after it is below a bound.
 *
 * @param divergence the bound in nats, positive
 */
public record PredictionSettled(double divergence) implements StoppingRule {
  /** The least probability that a logarithm is taken of, representable in single precision. */
  private static final double LEAST = 1e-30;

  /** Validates the setting. */
  public PredictionSettled {
    if (!(divergence > 0) || Double.isInfinite(divergence)) {
      throw SettingException.of("divergence", divergence, "a positive number");
    }
  }

  @Override
  public boolean comparesDistributions() {
    return true;
  }

  @Override
  public Tensor settled(Inputs step) {
    Tensor least = Tensor.constant(LEAST);
    Tensor ratio = log(maximum(step.prediction(), least)).minus(log(maximum(step.next(), least)));
    Tensor kl = step.sumPerPrediction(step.prediction().times(ratio));
    return Functions.real(kl.less(Tensor.constant(divergence)));
  }
}
