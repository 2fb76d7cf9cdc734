package dev.ebt.vision.quality;

import dev.ebt.modality.Batch;
import dev.ebt.modality.DistributionMetric;
import dev.ebt.tensor.Array;
import java.util.Arrays;
import java.util.Map;

/**
 * The distance of a set of pictures from real ones: {@code frechet}, the squared {@link
 * FrechetDistance} over {@link RandomFeatures} in standard deviations of the real ones. 0 is best;
 * the value of as many other real pictures is due to sampling. It compares models over the same
 * real pictures and equally many generated ones; it is not FID.
 */
public final class ImageDistance implements DistributionMetric {
  private final ReferenceImages real;
  private final FrechetDistance.Moments moments;

  /** Creates the distance from these pictures. */
  public ImageDistance(ReferenceImages real) {
    this.real = real;
    this.moments = new FrechetDistance.Moments(real.moments().size());
  }

  @Override
  public void add(Batch batch, Array candidates, int rows) {
    for (int row = 0; row < rows; row++) {
      add(picture(candidates, row));
    }
  }

  void add(float[] picture) {
    moments.add(real.features(picture));
  }

  /** Returns one of several pictures, clamped to −1 to 1. */
  static float[] picture(Array candidates, int row) {
    int size = candidates.shape().elements() / candidates.shape().size(0);
    float[] picture = Arrays.copyOfRange(candidates.floats(), row * size, (row + 1) * size);
    for (int i = 0; i < size; i++) {
      picture[i] = Math.max(-1, Math.min(1, picture[i]));
    }
    return picture;
  }

  @Override
  public Map<String, Double> metrics() {
    return moments.count() == 0
        ? Map.of()
        : Map.of("frechet", FrechetDistance.between(moments, real.moments()));
  }
}
