package dev.ebt.vision.quality;

import dev.ebt.tensor.Philox;
import java.util.ArrayList;
import java.util.List;

/**
 * Features of images by a fixed network with random weights: it is not trained, and the same for
 * all images of one size. An image x of values from −1 to 1 is decomposed into bands, from fine to
 * coarse, until its side is less than 8:
 *
 * <pre>
 * coarse = means of squares of 2×2,   detail = x − coarse,   x ← coarse
 * </pre>
 *
 * <p>The features are, for each band of details, the mean of r(w·p) over patches p of 4×4, half a
 * patch apart, for 8 directions w of length 1; for the remaining coarse image, r(w·x) for 16
 * directions; r(v) = max(v, v/5). So grain, edges and outlines count wherever they are, and
 * positions count roughly.
 */
final class RandomFeatures {
  private static final long SEED = 1;
  private static final long SITE = 0x6665617475726573L;
  private static final int LEAST_SIDE = 8;
  private static final int PATCH = 4;
  private static final int STRIDE = 2;
  private static final int OF_DETAIL = 8;
  private static final int OF_WHOLE = 16;

  private final int channels;
  private final int side;
  private final List<double[][]> directions = new ArrayList<>();

  /** Creates the network for images of this size. */
  RandomFeatures(int channels, int side) {
    this.channels = channels;
    this.side = side;
    int width = side;
    while (width >= LEAST_SIDE) {
      directions.add(directions(OF_DETAIL, channels * PATCH * PATCH));
      width = half(width);
    }
    directions.add(directions(OF_WHOLE, channels * width * width));
  }

  private double[][] directions(int count, int length) {
    double[][] drawn = new double[count][];
    for (int i = 0; i < count; i++) {
      int number = directions.size() * OF_WHOLE + i;
      drawn[i] = Philox.normal(Philox.key(SEED, SITE), number, length);
      double squares = 0;
      for (double w : drawn[i]) {
        squares += w * w;
      }
      for (int j = 0; j < length; j++) {
        drawn[i][j] /= Math.sqrt(squares);
      }
    }
    return drawn;
  }

  private static int half(int width) {
    return (width + 1) / 2;
  }

  /** Returns the number of features. */
  int size() {
    return directions.stream().mapToInt(d -> d.length).sum();
  }

  /**
   * Returns the features of an image.
   *
   * @param image [channels, side, side], values from −1 to 1
   */
  double[] of(float[] image) {
    double[] features = new double[size()];
    double[] x = new double[image.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = image[i];
    }
    int width = side;
    int at = 0;
    for (int band = 0; band < directions.size() - 1; band++) {
      double[] coarse = coarse(x, width);
      details(detail(x, coarse, width), width, directions.get(band), features, at);
      at += OF_DETAIL;
      x = coarse;
      width = half(width);
    }
    for (double[] direction : directions.get(directions.size() - 1)) {
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        sum += direction[i] * x[i];
      }
      features[at++] = rectified(sum);
    }
    return features;
  }

  private static double rectified(double value) {
    return Math.max(value, value / 5);
  }

  /** Returns means of squares of 2×2; at an odd edge, of the pixels that exist. */
  private double[] coarse(double[] x, int width) {
    int narrow = half(width);
    double[] coarse = new double[channels * narrow * narrow];
    for (int i = 0; i < coarse.length; i++) {
      int channel = i / (narrow * narrow);
      int top = i / narrow % narrow * 2;
      int left = i % narrow * 2;
      int bottom = Math.min(top + 2, width);
      int right = Math.min(left + 2, width);
      for (int row = top; row < bottom; row++) {
        for (int column = left; column < right; column++) {
          coarse[i] += x[(channel * width + row) * width + column];
        }
      }
      coarse[i] /= (bottom - top) * (right - left);
    }
    return coarse;
  }

  private static double[] detail(double[] x, double[] coarse, int width) {
    int narrow = half(width);
    double[] detail = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int channel = i / (width * width);
      int row = i / width % width / 2;
      detail[i] = x[i] - coarse[(channel * narrow + row) * narrow + i % width / 2];
    }
    return detail;
  }

  /** Adds the means over all positions of a patch. */
  private void details(double[] x, int width, double[][] filters, double[] features, int at) {
    double[] patch = new double[channels * PATCH * PATCH];
    int places = (width - PATCH) / STRIDE + 1;
    for (int place = 0; place < places * places; place++) {
      take(x, width, place / places * STRIDE, place % places * STRIDE, patch);
      for (int f = 0; f < filters.length; f++) {
        double sum = 0;
        for (int i = 0; i < patch.length; i++) {
          sum += filters[f][i] * patch[i];
        }
        features[at + f] += rectified(sum) / (places * places);
      }
    }
  }

  private static void take(double[] x, int width, int top, int left, double[] patch) {
    for (int i = 0; i < patch.length; i += PATCH) {
      int row = top + i / PATCH % PATCH;
      int channel = i / (PATCH * PATCH);
      System.arraycopy(x, (channel * width + row) * width + left, patch, i, PATCH);
    }
  }
}
