package dev.ebt.vision.quality;

import dev.ebt.vision.image.ImageSource;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A sample of real pictures for comparison, spread evenly over all there are. */
public final class ReferenceImages {
  private static final int MOST = 2000;
  private static final float HALF_RANGE = 127.5f;

  /** The least standard deviation of a feature, so that rounding is not amplified. */
  private static final double LEAST_DEVIATION = 1e-3;

  private final float[][] values;
  private final int[] kinds;
  private final RandomFeatures network;
  private final double[] mean;
  private final double[] deviation;
  private final FrechetDistance.Moments moments;

  /**
   * Creates a sample of these pictures.
   *
   * @param pictures at least one
   * @param side width and height of each
   */
  public ReferenceImages(ImageSource pictures, int channels, int side) {
    int count = Math.min(MOST, pictures.size());
    int[] chosen =
        IntStream.range(0, count).map(i -> (int) ((long) i * pictures.size() / count)).toArray();
    values =
        Arrays.stream(chosen).mapToObj(i -> values(pictures.planes(i))).toArray(float[][]::new);
    kinds = Arrays.stream(chosen).map(pictures::kind).toArray();
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
    for (float[] picture : values) {
      moments.add(features(picture));
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

  /** Returns the number of pictures. */
  int count() {
    return values.length;
  }

  /** Returns a picture: [channels, side, side], values from −1 to 1; not to be written to. */
  float[] picture(int index) {
    return values[index];
  }

  /**
   * Returns the class of a picture; {@link dev.ebt.vision.image.Image#UNKNOWN} if it has no label.
   */
  int kind(int index) {
    return kinds[index];
  }

  /**
   * Returns the {@link RandomFeatures} of a picture, standardized by the mean and the standard
   * deviation of these pictures.
   */
  double[] features(float[] picture) {
    double[] features = network.of(picture);
    for (int i = 0; i < features.length; i++) {
      features[i] = (features[i] - mean[i]) / deviation[i];
    }
    return features;
  }

  /** Returns the moments of the features of all pictures. */
  FrechetDistance.Moments moments() {
    return moments;
  }
}
