package dev.ebt.vision.image;

/**
 * The centre square of an image, resized: each new pixel is a mean of the old ones around it,
 * weighted by a triangle as wide as two new pixels, or two old ones where the image is enlarged.
 */
final class CenterCropResize {
  private static final float[] LUMINANCE = {0.299f, 0.587f, 0.114f};

  private final int from;
  private final int to;
  private final int[] starts;
  private final float[][] weights;

  /** Creates a resizer of squares from {@code from} to {@code to} pixels a side. */
  private CenterCropResize(int from, int to) {
    this.from = from;
    this.to = to;
    this.starts = new int[to];
    this.weights = new float[to][];
    double scale = (double) from / to;
    double reach = Math.max(1, scale);
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * scale - 0.5;
      int first = Math.max(0, (int) Math.ceil(centre - reach));
      int last = Math.min(from - 1, (int) Math.floor(centre + reach));
      starts[i] = first;
      weights[i] = new float[last - first + 1];
      float sum = 0;
      for (int j = first; j <= last; j++) {
        weights[i][j - first] = (float) Math.max(0, 1 - Math.abs(j - centre) / reach);
        sum += weights[i][j - first];
      }
      for (int j = 0; j < weights[i].length; j++) {
        weights[i][j] /= sum;
      }
    }
  }

  /** Returns planes of 0 to 255, [channels, side, side]; one channel is the luminance. */
  static byte[] of(Pixels pixels, int channels, int side) {
    int from = Math.min(pixels.width(), pixels.height());
    return new CenterCropResize(from, side).resize(pixels, channels);
  }

  /** Resizes along rows, as they are read, then along columns. */
  private byte[] resize(Pixels pixels, int channels) {
    int left = (pixels.width() - from) / 2;
    int top = (pixels.height() - from) / 2;
    float[][] narrow = new float[channels][from * to];
    float[][] colours = new float[3][from];
    for (int row = 0; row < from; row++) {
      pixels.row(top + row, left, colours);
      for (int channel = 0; channel < channels; channel++) {
        float[] values = channels == 1 ? luminance(colours) : colours[channel];
        for (int i = 0; i < to; i++) {
          narrow[channel][row * to + i] = mean(values, 0, 1, i);
        }
      }
    }
    byte[] planes = new byte[channels * to * to];
    for (int i = 0; i < planes.length; i++) {
      int within = i % (to * to);
      float value = mean(narrow[i / (to * to)], within % to, to, within / to);
      planes[i] = (byte) Math.round(255 * Math.min(1, Math.max(0, value)));
    }
    return planes;
  }

  private static float[] luminance(float[][] colours) {
    float[] grey = new float[colours[0].length];
    for (int channel = 0; channel < LUMINANCE.length; channel++) {
      for (int i = 0; i < grey.length; i++) {
        grey[i] += LUMINANCE[channel] * colours[channel][i];
      }
    }
    return grey;
  }

  private float mean(float[] values, int offset, int stride, int target) {
    float sum = 0;
    for (int j = 0; j < weights[target].length; j++) {
      sum += weights[target][j] * values[offset + (starts[target] + j) * stride];
    }
    return sum;
  }
}
