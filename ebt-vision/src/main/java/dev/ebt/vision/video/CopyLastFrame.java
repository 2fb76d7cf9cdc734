package dev.ebt.vision.video;

import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;

/**
 * How good it is to predict every frame to be as the one before it: what a model has to beat.
 *
 * @param psnr mean over frames, in decibels
 * @param mse mean over frames, of values from 0 to 255
 */
record CopyLastFrame(double psnr, double mse) {
  /**
   * Over the first of some windows.
   *
   * @param values of a frame
   * @param rows so many windows at most
   */
  static CopyLastFrame over(Examples windows, int values, int rows) {
    double decibels = 0;
    double errors = 0;
    int count = 0;
    for (int row = 0; row < Math.min(rows, windows.size()); row++) {
      Batch batch = windows.batch(row);
      float[] last = batch.context().get(NextFrame.FRAMES).floats();
      float[] next = batch.target().floats();
      int targets = batch.target().shape().size(-1);
      for (int i = 0; i < last.length / values; i++, count++) {
        double error = FrameError.mse(last, i * values, next, i * targets, values);
        decibels += FrameError.psnr(error);
        errors += error;
      }
    }
    return new CopyLastFrame(decibels / count, errors / count);
  }
}
