package dev.ebt.vision.video;

import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.tensor.Tensor;
import dev.ebt.vision.encoder.OnHost;
import java.util.Locale;

/** What an encoder leaves out of frames: the best that any model that uses it can do. */
final class EncoderError {
  /** So many windows, at most, are encoded and decoded. */
  private static final int WINDOWS = 32;

  /** From here on nothing is left out but by rounding. */
  private static final double EXACT = 90;

  private EncoderError() {}

  /**
   * Returns the mean over frames of the first windows in words, empty if nothing is left out.
   *
   * @param values of a frame
   */
  static String over(Examples windows, FrameCodec codec, int values) {
    double decibels = 0;
    int count = 0;
    for (int row = 0; row < Math.min(WINDOWS, windows.size()); row++) {
      Batch batch = windows.batch(row);
      Tensor target = Tensor.constant(batch.target());
      Tensor frames = Tensor.constant(batch.context().get(NextFrame.FRAMES));
      float[] again = OnHost.value(codec.decode(codec.encode(target), frames)).floats();
      float[] truth = batch.target().floats();
      int targets = batch.target().shape().size(-1);
      for (int i = 0; i < again.length / values; i++, count++) {
        decibels += FrameError.psnr(FrameError.mse(again, i * values, truth, i * targets, values));
      }
    }
    double psnr = decibels / count;
    return count == 0 || psnr > EXACT
        ? ""
        : String.format(
            Locale.ROOT, "; encoded and decoded, frames to be judged by have psnr %.2f", psnr);
  }
}
