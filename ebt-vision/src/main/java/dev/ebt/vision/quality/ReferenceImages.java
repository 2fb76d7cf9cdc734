package dev.ebt.vision.quality;

import dev.ebt.vision.image.ImageSource;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A sample of real images for comparison, spread evenly over all there are. */
public final class ReferenceImages {
  private static final int MOST = 2000;
  private static final float HALF_RANGE = 127.5f;

  /** The least standard deviation of a feature, so that rounding is not amplified. */
  private static final double LEAST_DEVIATION = 1e-3;

  private final float[][] values;
  private final int[] labels;
  private final RandomFeatures network;
  private final double[] mean;
  private final double[] deviation;
  private final FrechetDistance.Moments moments;

  /**
   * Creates a sample of these images.
   *
   * @param images at least one
   * @param side width and height of each
   */
  public ReferenceImages(ImageSource images, int channels, int side) {
    int count = Math.min(MOST, images.size());
    int[] chosen =
        IntStream.range(0, count).map(i -> (int) ((long) i * images.size() / count)).toArray();
    values = Arrays.stream(chosen).mapToObj(i -> values(images.planes(i))).toArray(float[][]::new);
    labels = Arrays.stream(chosen).map(images::label).toArray();
    network = new RandomFeatures(channels, side);
    double[][] features = Arrays.stream(values).map(network::of).toArray(double[][]::new);
    mean = new double[network.size()];
    deviation = new double[network.size()];
    for (int i = 0; i < mean.length; i++) {
      int at = i;
      mean[i] = Arrays.stream(features).mapToDouble(f -> f[at]).average().orElseThrow();
      double variance =
          Arrays.stream(features).mapToDouble(f -> Math.pow(f[at] - mean[at], 2)).sum() / count;
      deviation[i] = Math.max(LEAST_DEVIATION, Math.sqrt(variance));
    }
    moments = new FrechetDistance.Moments(mean.length);
    for (float[] image : values) {
      moments.add(features(image));
    }
  }

  /** Returns values from 0 to 255 scaled to −1 to 1. */
  static float[] values(byte[] planes) {
    float[] values = new float[planes.length];
    for (int i = 0; i < planes.length; i++) {
      values[i] = (planes[i] & 0xFF) / HALF_RANGE - 1;
    }
    return values;
  }

  /** Returns the number of images. */
  int count() {
    return values.length;
  }

  /** Returns an image: [channels, side, side], values from −1 to 1; not to be written to. */
  float[] image(int index) {
    return values[index];
  }

  /**
   * Returns the class of an image; {@link dev.ebt.vision.image.Image#UNKNOWN} if it has no label.
   */
  int label(int index) {
    return labels[index];
  }

  /**
   * Returns the {@link RandomFeatures} of an image, standardized by the mean and the standard
   * deviation of these images.
   */
  double[] features(float[] image) {
    double[] features = network.of(image);
    for (int i = 0; i < features.length; i++) {
      features[i] = (features[i] - mean[i]) / deviation[i];
    }
    return features;
  }

  /** Returns the moments of the features of all images. */
  FrechetDistance.Moments moments() {
    return moments;
  }
}
