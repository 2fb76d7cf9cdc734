package dev.ebt.vision.video;

import dev.ebt.tensor.Array;
import java.util.Locale;

/** Descriptions of the values of predicted or true frames. */
final class FrameValues {
  private FrameValues() {}

  /**
   * Returns the number and size of frames, and the range and mean of their values.
   *
   * @param pixels the number of pixel values of a frame; frames of another size are encoded
   * @param values [frames, size]
   */
  static String describe(int frames, int pixels, Array values) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    double sum = 0;
    int count = values.shape().elements();
    for (int i = 0; i < count; i++) {
      least = Math.min(least, values.real(i));
      greatest = Math.max(greatest, values.real(i));
      sum += values.real(i);
    }
    return String.format(
        Locale.ROOT,
        "%d frames as %d %s each, %.2f to %.2f, mean %.2f",
        frames,
        values.shape().size(-1),
        values.shape().size(-1) == pixels ? "pixel values" : "numbers",
        least,
        greatest,
        sum / count);
  }
}
