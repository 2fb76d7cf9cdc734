package dev.ebt.core;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.modality.Metric;
import dev.ebt.nn.RegressionErrors;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Tensor;
import java.util.Map;

/**
 * The peak signal-to-noise ratio of predictions, clamped to the range of values, in decibels.
 *
 * @param low the least value of a target (−1)
 * @param high the greatest value of a target (1)
 */
record PeakSignalToNoise(Double low, Double high) implements Metric {
  /** Fills in defaults and rejects invalid values. */
  PeakSignalToNoise {
    low = requireNonNullElse(low, -1.0);
    high = requireNonNullElse(high, 1.0);
    if (!(low < high) || low.isInfinite() || high.isInfinite()) {
      throw SettingException.of("high", high, "a number above low, " + low + ",");
    }
  }

  @Override
  public int decimals() {
    return 2;
  }

  @Override
  public Map<String, Tensor> values(Inputs inputs) {
    Tensor difference =
        Functions.clamp(inputs.predicted(), low, high).minus(inputs.expected()).divide(high - low);
    return Map.of("psnr", RegressionErrors.psnr(inputs.mean(difference.square())));
  }

  @Override
  public Map<String, String> units() {
    return Map.of("psnr", "dB");
  }
}
