package dev.ebt.vision.video;

import dev.ebt.nn.RegressionErrors;

/** Error metrics of frames, computed on the host. */
public final class FrameMetrics {
  private static final double WHITE = 255;

  private FrameMetrics() {}

  /**
   * Returns the mean squared error of values from 0 to 255, with the prediction clamped to that
   * range.
   */
  public static double mse(float[] predicted, float[] truth, int from, int count) {
    return mse(predicted, from, truth, from, count);
  }

  /** Returns the same with separate offsets. */
  static double mse(float[] predicted, int from, float[] truth, int fromTruth, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double clamped = Math.max(-1, Math.min(1, predicted[from + i]));
      sum += Math.pow((clamped - truth[fromTruth + i]) * WHITE / 2, 2);
    }
    return sum / count;
  }

  /** Returns 10 log₁₀(255²/mse). */
  public static double psnr(double mse) {
    return RegressionErrors.psnr(mse / (WHITE * WHITE));
  }
}
