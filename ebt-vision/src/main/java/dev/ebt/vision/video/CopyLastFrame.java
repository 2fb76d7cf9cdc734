package dev.ebt.vision.video;

import dev.ebt.error.Required;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;

/**
 * The score of predicting each frame to equal the one before it: a baseline for models.
 *
 * @param psnr mean over frames, in decibels
 * @param mse mean over frames, of values from 0 to 255
 */
record CopyLastFrame(double psnr, double mse) {
  /**
   * Computes the score over the first windows.
   *
   * @param values the number of values of a frame
   * @param rows the greatest number of windows
   */
  static CopyLastFrame over(Examples windows, int values, int rows) {
    double decibels = 0;
    double errors = 0;
    int count = 0;
    for (int row = 0; row < Math.min(rows, windows.size()); row++) {
      Batch batch = windows.batch(row);
      float[] last = Required.of(batch.context(), NextFrameModality.FRAMES).floats();
      float[] next = batch.target().floats();
      int targets = batch.target().shape().size(-1);
      for (int i = 0; i < last.length / values; i++, count++) {
        double error = FrameMetrics.mse(last, i * values, next, i * targets, values);
        decibels += FrameMetrics.psnr(error);
        errors += error;
      }
    }
    return new CopyLastFrame(decibels / count, errors / count);
  }
}
