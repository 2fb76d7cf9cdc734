package dev.ebt.vision.video;

import dev.ebt.error.Required;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.tensor.Tensor;
import dev.ebt.vision.encoder.HostEvaluator;
import java.util.Locale;

/**
 * The reconstruction error of an encoder: an upper bound for the quality of any model that uses it.
 */
final class EncoderError {
  /** The greatest number of windows that are encoded and decoded. */
  private static final int WINDOWS = 32;

  /** The PSNR from which the only error is rounding. */
  private static final double EXACT = 90;

  private EncoderError() {}

  /**
   * Describes the mean over frames of the first windows; empty if there is no error.
   *
   * @param values the number of values of a frame
   */
  static String over(Examples windows, FrameCodec codec, int values) {
    double decibels = 0;
    int count = 0;
    for (int row = 0; row < Math.min(WINDOWS, windows.size()); row++) {
      Batch batch = windows.batch(row);
      Tensor target = Tensor.constant(batch.target());
      Tensor frames = Tensor.constant(Required.of(batch.context(), NextFrameModality.FRAMES));
      float[] again = HostEvaluator.value(codec.decode(codec.encode(target), frames)).floats();
      float[] truth = batch.target().floats();
      int targets = batch.target().shape().size(-1);
      for (int i = 0; i < again.length / values; i++, count++) {
        decibels +=
            FrameMetrics.psnr(FrameMetrics.mse(again, i * values, truth, i * targets, values));
      }
    }
    double psnr = decibels / count;
    return count == 0 || psnr > EXACT
        ? ""
        : String.format(
            Locale.ROOT, "; reconstruction of validation frames by the encoder: psnr %.2f", psnr);
  }
}
