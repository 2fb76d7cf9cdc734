package dev.ebt.vision.picture;

/**
 * The square in the middle of a picture, brought to a size: each new pixel is a mean of those under
 * it, weighted by a triangle as wide as two new pixels, or two old ones where a picture grows.
 */
final class Square {
  private static final float[] LUMINANCE = {0.299f, 0.587f, 0.114f};

  private final int from;
  private final int to;
  private final int[] starts;
  private final float[][] weights;

  /** Brings squares of {@code from} pixels a side to {@code to}. */
  private Square(int from, int to) {
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

  /** Planes of 0 to 255, [channels, side, side]; one channel is the luminance. */
  static byte[] of(PictureFile.Raw raw, int channels, int side) {
    int from = Math.min(raw.width(), raw.height());
    Square square = new Square(from, side);
    byte[] planes = new byte[channels * side * side];
    for (int channel = 0; channel < channels; channel++) {
      float[] values = channels == 1 ? luminance(raw) : raw.values()[channel];
      float[] sized = square.resize(middle(values, raw.width(), raw.height(), from));
      for (int i = 0; i < sized.length; i++) {
        planes[channel * sized.length + i] =
            (byte) Math.round(255 * Math.min(1, Math.max(0, sized[i])));
      }
    }
    return planes;
  }

  private static float[] middle(float[] values, int width, int height, int side) {
    float[] middle = new float[side * side];
    int left = (width - side) / 2;
    int top = (height - side) / 2;
    for (int row = 0; row < side; row++) {
      System.arraycopy(values, (top + row) * width + left, middle, row * side, side);
    }
    return middle;
  }

  private static float[] luminance(PictureFile.Raw raw) {
    float[] grey = new float[raw.values()[0].length];
    for (int channel = 0; channel < LUMINANCE.length; channel++) {
      for (int i = 0; i < grey.length; i++) {
        grey[i] += LUMINANCE[channel] * raw.values()[channel][i];
      }
    }
    return grey;
  }

  /** First along rows, then along columns. */
  private float[] resize(float[] square) {
    float[] narrow = new float[from * to];
    for (int row = 0; row < from; row++) {
      for (int i = 0; i < to; i++) {
        narrow[row * to + i] = mean(square, row * from, 1, i);
      }
    }
    float[] sized = new float[to * to];
    for (int i = 0; i < to; i++) {
      for (int column = 0; column < to; column++) {
        sized[i * to + column] = mean(narrow, column, to, i);
      }
    }
    return sized;
  }

  private float mean(float[] values, int offset, int stride, int target) {
    float sum = 0;
    for (int j = 0; j < weights[target].length; j++) {
      sum += weights[target][j] * values[offset + (starts[target] + j) * stride];
    }
    return sum;
  }
}
